"""First visits to a server that was just started, links to pages, and the browser's Back."""

import sysconfig
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, served, visiting

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "streamlit")
DARK = "rgb(15, 18, 32)"  # the background of .streamlit/config.toml, which is not Streamlit's own


@pytest.mark.parametrize(
    ("arguments", "inside"),
    [((SCRIPT, "run", "app.py"), True), (("-m", "streamlit", "run", str(ROOT / "app.py")), False)],
    ids=["streamlit run app.py", "python -m streamlit run from elsewhere"],
)
def test_the_first_visit_by_deep_link(browser, tmp_path, arguments, inside):
    """Frame and page are there, no dialog says that the page was not found, and the theme is ours."""
    with (
        served(tmp_path, arguments, ROOT if inside else tmp_path) as url,
        visiting(browser, url) as open_page,
    ):
        page = open_page("/pixel_shuffle", color_scheme="dark")
        expect(page.get_by_role("heading", name="PixelShuffle", exact=True)).to_be_visible()
        expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="Latent space")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", DARK)
        expect(page).to_have_title("Latent Lab")


def expect_model(page, title):
    expect(page.get_by_role("combobox", name="Model", exact=True)).to_have_value(title)


def test_the_first_page_answers_under_its_own_name_with_what_the_link_asks_for(new_page):
    page = new_page("/live_chain?model=fashion_vae")
    expect(page.get_by_role("heading", name="Live chain", exact=True)).to_be_visible()
    expect_model(page, "MLP VAE on Fashion-MNIST, ten epochs")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_back_goes_to_the_page_before_and_its_model(new_page):
    page = new_page("/latent_map?model=mnist_vae")
    expect_model(page, "Convolutional VAE on MNIST")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="PixelShuffle").click()
    expect(page.get_by_role("heading", name="PixelShuffle", exact=True)).to_be_visible()
    page.wait_for_url("**/pixel_shuffle*")
    page.go_back()
    expect(page.get_by_role("heading", name="Latent map", exact=True)).to_be_visible()
    expect_model(page, "Convolutional VAE on MNIST")
    page.go_forward()
    expect(page.get_by_role("heading", name="PixelShuffle", exact=True)).to_be_visible()
