"""First visits to a server that was just started, links to pages, and the browser's Back."""

import re
import sysconfig
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pages.contents import SECTIONS
from tests.browser import screens
from tests.browser.conftest import ROOT, served, visiting
from tests.conftest import WAKING

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "streamlit")
DARK = "rgb(15, 18, 32)"  # the background of .streamlit/config.toml, which is not Streamlit's own


@pytest.mark.parametrize(
    ("arguments", "inside"),
    [
        pytest.param((SCRIPT, "run", "app.py"), True, id="streamlit run app.py", marks=pytest.mark.slow),
        pytest.param(("-m", "streamlit", "run", str(ROOT / "app.py")), False, id="python -m streamlit from elsewhere"),
    ],
)
def test_the_first_visit_by_deep_link(take_page, tmp_path, arguments, inside):
    """Frame and page are there, no dialog says that the page was not found, and the theme is ours."""
    with (
        served(tmp_path, arguments, ROOT if inside else tmp_path) as url,
        visiting(take_page, url) as open_page,
    ):
        page = open_page("/pixel_shuffle", color_scheme="dark")
        expect(page.get_by_role("heading", name="PixelShuffle", exact=True)).to_be_visible(timeout=WAKING)
        menu = page.get_by_test_id("stSidebarNav")
        expect(menu.get_by_test_id("stNavSectionHeader")).to_have_text([re.compile(name) for name in SECTIONS])
        beside = [title for _, title, _ in SECTIONS[screens.section_of("PixelShuffle")]]
        expect(menu.get_by_role("link")).to_have_text([re.compile(title) for title in beside])
        section = menu.get_by_role("button", name="Explore a latent space")
        expect(section).to_have_attribute("aria-expanded", "false")
        section.press("Enter")
        expect(menu.get_by_role("link", name="Latent space")).to_be_visible()
        expect(section).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", DARK)
        expect(page).to_have_title("PixelShuffle · Latent Lab")


def expect_model(page, title):
    expect(page.get_by_role("combobox", name="Model", exact=True)).to_have_value(title)


@pytest.mark.slow
def test_live_chain_answers_under_its_own_name_with_what_the_link_asks_for(new_page):
    page = new_page("/live_chain?model=fashion_vae")
    expect(page.get_by_role("heading", name="Live chain", exact=True)).to_be_visible()
    expect_model(page, "Fashion-MNIST: MLP VAE, ten epochs")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_first_page_answers_under_its_own_name(new_page):
    page = new_page("/home")
    expect(page.get_by_role("heading", name="Latent Lab", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(r"//[^/]+/$"))
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="Home")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def expect_open(page, *sections):
    """Wait until these sections of the menu are open, and no other ones."""
    headers = page.get_by_test_id("stSidebarNav").get_by_role("button", expanded=True)
    expect(headers).to_have_text([re.compile(section) for section in sections])


@pytest.mark.slow
def test_the_menu_opens_the_section_of_a_page_alone(new_page):
    page = new_page("/gan_losses")
    expect_open(page, "Understand GANs")
    screens.choose(page, "Toy VAE")
    expect_open(page, "Understand VAEs")
    page.get_by_test_id("stSidebarNav").get_by_role("button", name="Measure quality").click()
    expect_open(page, "Understand VAEs", "Measure quality")
    page.go_back()
    expect_open(page, "Understand GANs")
    page = new_page("/?lesson=jsd")  # which the server sends on to the page of its first step
    expect_open(page, "Measure distances")


def test_a_link_with_the_focus_of_the_keyboard_has_an_outline(new_page):
    page = new_page("/toy_flow")
    for link in (
        page.get_by_test_id("stSidebarNav").get_by_role("link", name="Toy flow"),
        page.get_by_test_id("stMain").get_by_role("link", name="A flow of digits"),
    ):
        expect(link).to_have_css("outline-style", "none")
        link.focus()
        expect(link).to_have_css("outline-style", "solid")
        expect(link).to_have_css("outline-width", "2px")


def test_an_address_in_a_bad_link_stays_text(new_page):
    page = new_page("/gan_losses?lesson=http://b.de+www.b.de+a@b.de")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_have_text(re.compile("There is no lesson “http:.?//b.de www.?.b.de a@.?b.de”."))
    expect(alert.get_by_role("link")).to_have_count(0)


def on_page(page, heading, address):
    """Wait until it is there: its heading, its tab, and an address that ends like this."""
    expect(page.get_by_role("heading", name=heading, exact=True, level=1)).to_be_visible()
    expect(page).to_have_title(f"{heading} · Latent Lab")
    expect(page).to_have_url(re.compile(f"/{address}$"))


def go(page, heading, address):
    """To a page by the menu."""
    screens.choose(page, heading)
    on_page(page, heading, address)


def test_one_press_of_back_or_forward_is_one_page_with_its_state(new_page):
    page = new_page("/latent_map?model=mnist_vae&point=7&map=pca")
    visited = [("Latent map", "latent_map\\?model=mnist_vae&point=7&map=pca")]
    on_page(page, *visited[0])
    go(page, "Latent space", "latent_space\\?model=mnist_vae")
    page.get_by_role("button", name="Draw from the prior").click()
    visited.append(("Latent space", "latent_space\\?model=mnist_vae&z=[-_\\w]+"))
    on_page(page, *visited[1])
    drawn = page.url
    for heading, address in [("GAN losses", "gan_losses"), ("Latent map", "latent_map\\?model=mnist_vae")]:
        go(page, heading, address)  # nothing of the pages before is in it
        visited.append((heading, address))
    page.get_by_text("PCA", exact=True).first.click()
    visited[-1] = ("Latent map", "latent_map\\?model=mnist_vae&map=pca")
    on_page(page, *visited[-1])
    for place in (2, 1, 0):
        page.go_back()
        on_page(page, *visited[place])
    expect(page.get_by_text(", number 7", exact=False)).to_be_visible()
    page.go_forward()
    expect(page).to_have_url(drawn)
    expect(page.get_by_text("The code of the link")).to_be_visible()
    for place in (2, 3):
        page.go_forward()
        on_page(page, *visited[place])
    expect(page.get_by_text(", number 7", exact=False)).to_have_count(0)
    expect(page.get_by_text("PCA is a straight projection")).to_be_visible()


@pytest.fixture
def explorer(new_page):
    """The explorer of a model, reached from its map."""
    page = new_page("/latent_map?model=mnist_vae")
    on_page(page, "Latent map", "latent_map\\?model=mnist_vae")
    go(page, "Latent space", "latent_space\\?model=mnist_vae")
    explorer = page.locator(".explorer[data-pictures=network][data-server=ready]")
    explorer.wait_for()
    screens.idle(page)
    return explorer


def shows_losses_after(explorer, action, element):
    """Press *GAN losses* in the menu, and in the same moment do something on the page that is being left."""
    page = explorer.page
    menu = page.get_by_test_id("stSidebarNav")
    menu.get_by_role("button", name="Understand GANs").press("Enter")
    link = menu.get_by_role("link", name="GAN losses", exact=True)
    link.wait_for()
    link.evaluate(f"(link, element) => {{ link.click(); {action} }}", element.element_handle())
    heading = page.get_by_role("heading", name="GAN losses", exact=True, level=1)
    heading.wait_for()
    screens.idle(page)
    heading.wait_for()


@pytest.mark.slow
def test_a_report_behind_a_click_on_the_menu_does_not_empty_the_next_page(explorer):
    move = """
    element.value = element.valueAsNumber + 1;
    for (const type of ["input", "change"]) element.dispatchEvent(new Event(type));"""
    shows_losses_after(explorer, move, explorer.locator(".rows input[type=range]").first)


@pytest.mark.slow
def test_a_page_that_a_late_button_empties_comes_back(explorer):
    """Whether it empties it depends on what the server has read first."""
    shows_losses_after(explorer, "element.click();", explorer.page.get_by_role("button", name="Draw from the prior"))


@pytest.mark.slow
def test_a_hand_that_moves_while_a_page_is_left_does_not_empty_the_next_one(explorer):
    page = explorer.page
    explorer.locator(".rows input[type=range]").first.press("ArrowRight")  # reported a moment later
    page.go_back()
    on_page(page, "Latent map", "latent_map\\?model=mnist_vae")
    screens.idle(page)
    page.get_by_text("t-SNE keeps neighbours together").wait_for()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "now"),
    [("?model=fashion_vae", "live_chain"), ("?model=fashion_vae&basis=dims", "latent_space")],
)
def test_back_gets_past_an_old_address_that_sends_on(new_page, old, now):
    page = new_page("/gan_losses")
    on_page(page, "GAN losses", "gan_losses")
    page.goto(page.url.replace("gan_losses", old))
    expect_model(page, "Fashion-MNIST: MLP VAE, ten epochs")
    expect(page).to_have_url(re.compile(f"/{now}\\?model=fashion_vae$"))
    arrived = page.url
    go(page, "PixelShuffle", "pixel_shuffle")
    page.go_back()
    expect(page).to_have_url(arrived)
    page.go_back()
    on_page(page, "GAN losses", "gan_losses")
