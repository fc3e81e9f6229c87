"""Playback and the explorer with generators in a real browser, on small checkpoints made for these tests."""

import base64
import io
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from PIL import Image

from tests.browser.conftest import served
from tests.toy_gan import fill
from ui import url

SCREEN = ".picture-player .rows canvas"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("toys") / "checkpoints")


@pytest.fixture(scope="module")
def app_url(tmp_path_factory, folder):
    program = (
        f"import pathlib, sys, checkpoints\ncheckpoints.FOLDER = pathlib.Path({str(folder)!r})\n"
        "from streamlit.web.cli import main\nsys.argv[:1] = ['streamlit', 'run', 'app.py']\nmain()"
    )
    with served(tmp_path_factory.mktemp("server"), ("-c", program)) as url:
        yield url


def opened(new_page, path, **options):
    page = new_page(path, **options)
    page.locator(SCREEN).first.wait_for()
    page.locator(".picture-player .marker").first.wait_for(state="attached")  # a line has no width
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def grey(page, row=0):
    """The middle pixel of a row's grid: the toys' snapshots are flat, 30 + 40 · number."""
    url = page.locator(SCREEN).nth(row).evaluate("canvas => canvas.toDataURL()")
    image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("L")
    return image.getpixel((image.width // 2, image.height // 2))


def markers(page):
    """Where the markers of all panels stand, in the panels' own units."""
    return page.locator(".picture-player .marker").evaluate_all(
        "all => all.map(line => Number(line.getAttribute('x1')))"
    )


def step(page):
    return parse_qs(urlparse(page.url).query).get("step")


def test_picture_and_marker_follow_the_hand_together_before_it_lets_go(new_page):
    page = opened(new_page, "/playback?model=toy_gan&step=100")
    box = page.locator(".picture-player .time").bounding_box()
    height, thumb = box["y"] + box["height"] / 2, 8
    at = lambda share: box["x"] + thumb + share * (box["width"] - 2 * thumb)  # noqa: E731
    assert grey(page) == 30
    page.mouse.move(at(0), height)
    page.mouse.down()
    seen = []
    for frame in range(4):
        page.mouse.move(at(frame / 3), height)
        assert grey(page) == 30 + 40 * frame
        places = markers(page)
        assert len(places) == 2  # losses and Fréchet distance
        assert len(set(places)) == 1
        values = page.locator(".picture-player .legend b").all_inner_texts()
        assert values[1] == str(frame + 1)  # the discriminator's loss at that step
        seen.append(places[0])
    assert np.diff(seen) == pytest.approx(np.diff(seen)[0], abs=0.01)  # steps are evenly spaced
    assert step(page) == ["100"]  # the server has heard of nothing yet
    page.mouse.up()
    page.wait_for_url(lambda url: "step" not in parse_qs(urlparse(url).query))  # the end is the default


def test_a_curve_is_a_slider_and_a_link_restores_two_models(new_page):
    page = opened(new_page, "/playback?model=toy_gan&beside=toy_colour")
    assert page.locator(SCREEN).count() == 2
    panel = page.locator(".picture-player .panels svg").first.bounding_box()
    left, right = 54, 14  # margins of a panel (ui/components/lib/curves.js); its width is that of the box
    page.mouse.click(panel["x"] + left + 0.5 * (panel["width"] - left - right), panel["y"] + 100)
    page.wait_for_url("**step=600*")
    assert [grey(page, 0), grey(page, 1)] == [150, 110]  # its last snapshot at 400; its third at 600
    other = opened(new_page, "/" + page.url.split("/", 3)[3])
    assert [grey(other, 0), grey(other, 1)] == [150, 110]
    assert markers(other) == markers(page)


def test_steps_and_play(new_page):
    page = opened(new_page, "/playback?model=toy_gan")
    page.get_by_role("button", name="One step back").click()
    page.wait_for_url("**step=300*")
    assert grey(page) == 110
    page.get_by_role("button", name="One step forward").click()
    page.wait_for_url(lambda url: "step" not in parse_qs(urlparse(url).query))
    page.get_by_role("button", name="Play").click()
    shades = set()
    for _ in range(60):
        shades.add(grey(page))
        page.wait_for_timeout(20)
    assert shades == {30, 70, 110, 150}


@pytest.mark.parametrize("path", ["/playback?model=toy_gan&beside=toy_colour", "/compare?models=toy_gan.toy_colour"])
def test_nothing_is_wider_than_a_phone(new_page, path):
    page = new_page(path, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.get_by_text("Look for").first.wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_the_length_of_a_generators_code_under_the_hand(new_page):
    page = new_page("/?model=toy_gan&basis=features")
    page.locator(".row").nth(16).wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    start = checkpoints_code()
    number = page.get_by_label("Exact value of length of the code")
    number.fill("0.5")
    number.press("Enter")
    page.wait_for_url("**z=*")
    code = url.unpack(parse_qs(urlparse(page.url).query)["z"][0], 20)
    assert code == pytest.approx(start * 0.5 * 20**0.5 / np.linalg.norm(start), abs=1e-4)
    slider = page.get_by_label("Length of the code", exact=True)
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "0.55"
    first = page.locator(".row input[type=number]").first
    before = float(first.input_value())
    page.keyboard.press("ArrowRight")
    assert float(first.input_value()) == pytest.approx(before * 0.6 / 0.55, abs=0.002)


def checkpoints_code():
    """The code that toy_gan starts with (tests/toy_gan.py draws it with preview.of_generator)."""
    import torch

    return torch.randn(120, 20, generator=torch.Generator().manual_seed(0)).numpy()[0]
