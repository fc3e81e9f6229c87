"""Playback of recorded trainings: pictures, curves and link agree, for two models on one timeline."""

from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import expect

from checkpoints import snapshots
from tests.browser import screens

FIRST, SECOND = "mnist_gan", "fashion_wgan"
STEPS = sorted({int(step) for name in (FIRST, SECOND) for step in snapshots.read(name).steps})
FILM = "emoji_dcgan_plus"  # what a first visit sees
CURVES = ("Fréchet distance", "discriminator", "generator", "real pictures", "generated pictures", "estimate")
PAIR = f"/playback?model={FIRST}&beside={SECOND}"
PATH = f"{PAIR}&step={STEPS[-1]}"
SCREENS = ".picture-player .rows canvas"


# Whether anything could be paused, at any time.
WATCH_PLAY = """
const { setAttribute } = Element.prototype;
Element.prototype.setAttribute = function (name, value) {
  if (name === "aria-label" && value === "Pause") window.played = true;
  return setAttribute.call(this, name, value);
};
"""


def opened(new_page, path=PATH, **options):
    page = new_page(path, **options)
    page.locator(SCREENS).first.wait_for()
    screens.idle(page)
    return page


def pictures(page):
    return page.locator(SCREENS).evaluate_all("all => all.map((canvas) => canvas.toDataURL())")


def expect_pictures(page, wanted, equal=True):
    """Wait until both screens show these pictures, or, where not `equal`, both show others."""
    page.wait_for_function(
        "([screens, wanted, equal]) => screens.every((canvas, k) => (canvas.toDataURL() === wanted[k]) === equal)",
        arg=[page.locator(SCREENS).element_handles(), wanted, equal],
    )


def in_link(page):
    """The step that the link names, None for a training that plays by itself."""
    return parse_qs(urlparse(page.url).query).get("step", [None])[0]


def expect_step(page, step):
    """Wait until the link names a step."""
    page.wait_for_function("step => new URLSearchParams(location.search).get('step') === step", arg=str(step))


@pytest.mark.slow
def test_two_drags_move_both_pictures_and_the_link_restores_them(new_page):
    page = opened(new_page)
    slider = page.get_by_label("Training step")
    expect(slider).to_have_value(str(len(STEPS) - 1))
    for share in (0.1, 0.6):
        before, address, box = pictures(page), in_link(page), screens.box(slider)
        page.mouse.move(box["x"] + (0.8 - share / 2) * box["width"], box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        expect_pictures(page, before, equal=False)
        assert in_link(page) == address  # the button is down: the server has heard of nothing yet
        page.mouse.up()
        expect_step(page, STEPS[int(slider.input_value())])
    other = opened(new_page, "/" + page.url.split("/", 3)[3])
    expect(other.get_by_label("Training step")).to_have_value(slider.input_value())
    expect_pictures(other, pictures(page))


@pytest.mark.slow
def test_a_click_on_a_curve_chooses_a_step_and_steps_and_play_go_on_from_there(new_page):
    page = opened(new_page)
    slider = page.get_by_label("Training step")
    panel = page.locator(".picture-player .panels svg").first
    panel.click(position={"x": screens.box(panel)["width"] / 3, "y": 100})
    expect(slider).not_to_have_value(str(len(STEPS) - 1))
    frame = int(slider.input_value())
    expect_step(page, STEPS[frame])
    page.get_by_role("button", name="One step forward").click()
    expect_step(page, STEPS[frame + 1])
    page.get_by_role("button", name="One step back").click()
    expect_step(page, STEPS[frame])
    page.get_by_role("button", name="Play", exact=True).click()
    expect(slider).not_to_have_value(str(frame))
    page.get_by_role("button", name="Pause", exact=True).click()
    held = int(slider.input_value())
    expect_step(page, STEPS[held])
    expect(slider).to_have_value(str(held))


@pytest.mark.slow
def test_without_a_step_it_plays_once_to_the_end_and_stays_there(new_page):
    page = opened(new_page, "/playback", script=WATCH_PLAY)
    slider, speed = page.get_by_label("Training step"), page.get_by_label("Speed")
    page.wait_for_function("() => window.played")  # maybe to its end already, on a busy machine
    speed.select_option("4×")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert slider.input_value() == slider.get_attribute("max")
    expect_step(page, snapshots.read(FILM).steps[-1])


@pytest.mark.slow
def test_nothing_plays_by_itself_where_the_system_asks_for_less_motion(new_page):
    page = opened(new_page, PAIR, reduced_motion="reduce")
    slider = page.get_by_label("Training step")
    expect(slider).to_have_value("0")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


@pytest.mark.slow
def test_two_models_share_the_names_of_their_curves(new_page):
    page = opened(new_page)
    names = page.locator(".picture-player .legend button")
    expect(names).to_have_count(len(CURVES))
    expect(names.first).to_contain_text("Fréchet distance")
    expect(names.first.locator("b")).to_contain_text(" · ")


@pytest.mark.slow
def test_the_picture_of_a_step_can_be_downloaded(new_page):
    page = opened(new_page)
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG", exact=True).last.click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
