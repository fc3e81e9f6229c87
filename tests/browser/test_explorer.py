"""The live explorer in a real browser: the picture follows the hand before release, and it is the right one."""

import base64
import io
from urllib.parse import parse_qs, quote, urlparse

import numpy as np
import pytest
import torch
from PIL import Image

import checkpoints
from ui import gallery, url

CARD = checkpoints.read(gallery.FIRST)
PREVIEW = checkpoints.preview(CARD.name)
ORDER = [int(d) for d in PREVIEW["order"]]


@pytest.fixture(scope="module")
def model():
    return checkpoints.load(CARD.name)


def decode(model, code):
    with torch.inference_mode():
        picture = model.picture(torch.from_numpy(np.asarray(code, np.float32)[None]))[0]
    return (picture * 255).round().to(torch.uint8).numpy().transpose(1, 2, 0)


class Explorer:
    """The component on a page, as a hand and an eye have it."""

    def __init__(self, page):
        self.page = page
        self.view = page.locator("canvas.view")
        page.locator(".row").first.wait_for()
        page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")

    def slider(self, row=0):
        return self.page.locator(".row input[type=range]").nth(row)

    def number(self, row=0):
        return self.page.locator(".row input[type=number]").nth(row)

    def picture(self):
        """What the canvas shows now, (H, W, C)."""
        url = self.view.evaluate("canvas => canvas.toDataURL()")
        image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB")
        return np.asarray(image)[:, :, : CARD.shape[0]]

    def place(self, row, value):
        """Where the thumb is for a value, in pixels of the window."""
        box = self.slider(row).bounding_box()
        share, thumb = (value + 3) / 6, 16
        return box["x"] + thumb / 2 + share * (box["width"] - thumb), box["y"] + box["height"] / 2

    def link_code(self):
        text = parse_qs(urlparse(self.page.url).query).get("z")
        return url.unpack(text[0], CARD.latent) if text else PREVIEW["codes"][0]

    def wait_for_link(self, row, value):
        """Until the link holds a value of the dimension in that row; returns the whole code."""
        for _ in range(100):
            code = self.link_code()
            if abs(code[ORDER[row]] - value) < 1e-6:
                return code
            self.page.wait_for_timeout(100)
        raise AssertionError(f"the link says {code[ORDER[row]]} and not {value}")

    def wait_until_official(self, code, model):
        """Until the canvas shows the picture of a code within one grey level."""
        expected = decode(model, code).astype(int)
        for _ in range(100):
            if np.abs(self.picture() - expected).max() <= 1:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"off by {np.abs(self.picture() - expected).max()} grey levels")


@pytest.fixture
def hand(new_page):
    return Explorer(new_page())


def test_first_picture_is_the_recorded_one(hand):
    assert np.array_equal(hand.picture(), PREVIEW["start_picture"].transpose(1, 2, 0))
    assert hand.view.get_attribute("role") == "img"


def test_picture_follows_the_hand_before_release_and_the_link_after_it(hand, model, new_page):
    mouse, start = hand.page.mouse, PREVIEW["codes"][0]
    mouse.move(*hand.place(0, -2.0))
    mouse.down()
    seen = []
    for value in np.round(np.arange(-2, 2.01, 0.4), 1):
        mouse.move(*hand.place(0, value))
        hand.page.evaluate("() => new Promise(requestAnimationFrame)")
        expected = start.copy()
        expected[ORDER[0]] = value
        picture = hand.picture()
        assert np.abs(picture.astype(int) - decode(model, expected)).max() <= 1
        seen.append(picture.tobytes())
    assert len(set(seen)) == len(seen)  # every movement of a strong dimension is another picture
    assert "z=" not in hand.page.url  # and nothing was released yet
    mouse.up()
    code = hand.wait_for_link(0, 2.0)
    assert np.array_equal(code, expected)
    hand.wait_until_official(code, model)
    hand.page.wait_for_timeout(1000)
    official = hand.picture()
    assert np.abs(official.astype(int) - picture).max() <= 1  # no jump when it arrives

    other = Explorer(new_page("/?" + urlparse(hand.page.url).query))
    other.wait_until_official(code, model)
    other.page.wait_for_timeout(1000)
    assert np.array_equal(other.picture(), official)
    assert float(other.number(0).input_value()) == 2.0


def test_second_slider_moves_around_the_new_code(hand, model):
    mouse = hand.page.mouse
    code = PREVIEW["codes"][0].copy()
    for row, value in [(0, 1.0), (1, -1.0), (2, 0.6)]:
        mouse.move(*hand.place(row, 0))
        mouse.down()
        mouse.move(*hand.place(row, value), steps=4)
        mouse.up()
        code[ORDER[row]] = value
        hand.wait_for_link(row, value)
        hand.wait_until_official(code, model)
    assert np.array_equal(hand.link_code(), code)


def test_newest_movement_wins(hand, model):
    """Many quick releases: the last one is what remains, in the picture, in the link and in the fields."""
    for value in (-2.0, 2.0, -1.0, 1.0, -0.4):
        hand.page.mouse.click(*hand.place(0, value))
    code = PREVIEW["codes"][0].copy()
    code[ORDER[0]] = -0.4
    hand.wait_for_link(0, -0.4)
    hand.page.wait_for_timeout(2000)
    assert np.array_equal(hand.link_code(), code)
    hand.wait_until_official(code, model)
    assert float(hand.number(0).input_value()) == -0.4


def test_keyboard(hand, model):
    code = PREVIEW["codes"][0].copy()
    hand.slider(1).focus()
    for key, value in [("Home", -3.0), ("ArrowRight", -2.8), ("ArrowUp", -2.6), ("PageUp", -1.6), ("ArrowLeft", -1.8)]:
        hand.page.keyboard.press(key)
        code[ORDER[1]] = value
        assert np.abs(hand.picture().astype(int) - decode(model, code)).max() <= 1
        assert hand.slider(1).get_attribute("aria-valuetext") == f"{value:g}"
    assert np.array_equal(hand.wait_for_link(1, -1.8), code)
    hand.page.keyboard.press("End")
    hand.wait_for_link(1, 3.0)


def test_exact_values(hand, model):
    code = PREVIEW["codes"][0].copy()
    hand.number(2).fill("4.125")
    hand.number(2).press("Enter")
    code[ORDER[2]] = 4.125
    assert np.array_equal(hand.wait_for_link(2, 4.125), code)
    hand.wait_until_official(code, model)
    assert "beyond the slider" in hand.slider(2).get_attribute("aria-valuetext")

    hand.number(2).fill("7")
    hand.number(2).press("Enter")
    assert "from −6 to 6" in hand.page.locator(".sentence").inner_text()
    assert hand.number(2).get_attribute("aria-invalid") == "true"
    hand.page.wait_for_timeout(500)
    assert np.array_equal(hand.link_code(), code)


def test_plane_shows_on_hover_and_sets_on_click(hand, model):
    pad = hand.page.locator(".pad")
    hand.page.wait_for_function(
        "() => { const pad = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot"
        ".querySelector('.pad'); return pad && !pad.classList.contains('stale') }"
    )
    before, box = hand.picture(), pad.bounding_box()
    at = box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.25
    hand.page.mouse.move(*at)
    hovered = hand.picture()
    assert not np.array_equal(hovered, before)
    hand.page.mouse.move(box["x"] - 20, box["y"] - 20)
    assert np.array_equal(hand.picture(), before)
    assert "z=" not in hand.page.url
    hand.page.mouse.click(*at)
    hand.page.wait_for_url("**z=*")
    code = hand.link_code()
    assert np.abs(hovered.astype(int) - decode(model, code)).max() <= 1
    # Only the two components moved.
    moved = code - PREVIEW["codes"][0]
    axes = PREVIEW["components"]
    assert moved == pytest.approx(moved @ axes.T @ axes, abs=1e-4)
    pad.focus()
    hand.page.keyboard.press("ArrowLeft")
    for _ in range(50):
        if not np.array_equal(hand.link_code(), code):
            break
        hand.page.wait_for_timeout(100)
    step = (hand.link_code() - code) @ axes[0] / PREVIEW["scale"][0]
    assert step == pytest.approx(-0.3, abs=0.01)


def test_other_dimensions_and_another_plane(hand):
    if len(ORDER) <= 16:
        pytest.skip("all dimensions have sliders at once")
    hand.page.locator("select.page").select_option("2")
    hand.page.wait_for_url("**dims=2*")
    hand.page.get_by_label(f"Dimension {ORDER[16]}, rank 17").wait_for()
    hand.page.locator("select.axis").first.select_option(str(ORDER[3]))
    hand.page.wait_for_url(f"**plane={ORDER[3]}.{ORDER[0]}*")
    hand.page.wait_for_function(
        "(z) => document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot"
        ".querySelectorAll('select.axis')[1].value === z",
        arg=str(ORDER[0]),
    )


def test_start_from_a_picture_shows_the_original(hand):
    strip = hand.page.locator(".strip button")
    if not strip.count():
        pytest.skip("no pictures of this data set are shipped")
    strip.nth(2).click()
    hand.page.locator(".original").wait_for()
    assert strip.nth(2).get_attribute("aria-pressed") == "true"
    assert "z=" in hand.page.url


def test_native_buttons_reach_the_component(hand, model):
    hand.page.get_by_role("button", name="Reset to 0").click()
    hand.wait_until_official(np.zeros(CARD.latent), model)
    assert float(hand.number(0).input_value()) == 0


def test_touch_on_a_phone(new_page, model):
    hand = Explorer(new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True))
    assert hand.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    hand.slider(3).scroll_into_view_if_needed()
    x, y = hand.place(3, 0)
    hand.page.touchscreen.tap(x + 40, y)
    hand.page.wait_for_url("**z=*")
    code = hand.link_code()
    assert code[ORDER[3]] != PREVIEW["codes"][0][ORDER[3]]
    hand.wait_until_official(code, model)


def test_bad_link_in_a_browser(new_page):
    page = new_page("/?z=" + quote("AAAA") + "&model=nothing")
    page.get_by_text("so the start picture is shown").wait_for()
    hand = Explorer(page)
    assert np.array_equal(hand.picture(), PREVIEW["start_picture"].transpose(1, 2, 0))
