"""The live explorer on its page: pictures of the network under the hand, the official one after it, and links.

What the component does by itself is tested in tests/components/test_explorer.py.
"""

from urllib.parse import quote, urlparse

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import checkpoints
from tests.browser import screens
from ui import gallery, url

CARD = checkpoints.read(gallery.FIRST)
PREVIEW = checkpoints.preview(CARD.name)
ORDER = [int(d) for d in PREVIEW["order"]]
START = PREVIEW["codes"][0]


@pytest.fixture(scope="module")
def decode():
    """The grey picture (H, W) of a code (latent,)."""
    model = checkpoints.load(CARD.name)

    def picture(code):
        with torch.inference_mode():
            decoded = model.picture(torch.from_numpy(np.asarray(code, np.float32)[None]))[0, 0]
        return (decoded * 255).round().to(torch.uint8).numpy()

    return picture


def with_value(code, row, value):
    code = code.copy()
    code[ORDER[row]] = value
    return code


class Explorer:
    def __init__(self, page):
        self.page, self.view = page, page.locator("canvas.view")
        page.locator(".row").first.wait_for()
        screens.idle(page)

    def slider(self, row):
        return self.page.locator(".row input[type=range]").nth(row)

    def number(self, row):
        return self.page.locator(".row input[type=number]").nth(row)

    def place(self, row, value):
        """Where the thumb is for a value, in pixels of the window."""
        box = screens.box(self.slider(row))
        share, thumb = (value + 3) / 6, 16
        return box["x"] + thumb / 2 + share * (box["width"] - thumb), box["y"] + box["height"] / 2

    def expect_link(self, code):
        screens.expect_in_link(self.page, f"z={quote(url.pack(code))}")

    def expect_whole(self):
        """Until sheet and map of the newest code are here."""
        expect(self.page.locator(".pad:not(.stale)")).to_be_visible()

    def code(self):
        """That of the address."""
        return url.unpack(dict(part.split("=") for part in urlparse(self.page.url).query.split("&"))["z"], CARD.latent)


@pytest.fixture
def hand(new_page):
    return Explorer(new_page())


def test_two_drags_and_a_key_and_the_same_picture_from_the_link(hand, decode, new_page):
    screens.expect_picture(hand.view, PREVIEW["start_picture"][0], tolerance=0)  # the recorded one
    code = START
    for row, values in [(0, np.round(np.arange(-2, 2.01, 0.8), 1)), (1, [0.6, -1.0])]:
        before = hand.page.url
        hand.page.mouse.move(*hand.place(row, values[0]))
        hand.page.mouse.down()
        for value in values:
            hand.page.mouse.move(*hand.place(row, value))
            code = with_value(code, row, value)
            screens.expect_picture(hand.view, decode(code))
        assert hand.page.url == before  # nothing was released yet
        screens.watch(hand.view, decode(code))
        hand.page.mouse.up()
        hand.expect_link(code)
        expect(hand.page.locator(".badge")).to_contain_text("release")
        hand.expect_whole()
        assert screens.worst(hand.page) <= 1  # no jump when the official picture and the next sheet arrive
    hand.slider(1).press("ArrowRight")
    code = with_value(code, 1, -0.8)
    hand.expect_link(code)
    hand.expect_whole()
    screens.expect_picture(hand.view, decode(code))
    official = hand.view.evaluate("canvas => canvas.toDataURL()")

    other = Explorer(new_page("/?" + urlparse(hand.page.url).query))
    expect(other.number(0)).to_have_value("2")
    other.page.wait_for_function(
        "([canvas, wanted]) => canvas.toDataURL() === wanted", arg=[other.view.element_handle(), official]
    )


def test_the_last_of_many_quick_releases_remains(hand, decode):
    for value in (-2.0, 2.0, -1.0, 1.0, -0.4):
        hand.page.mouse.click(*hand.place(0, value))
    code = with_value(START, 0, -0.4)
    hand.expect_link(code)
    hand.expect_whole()
    screens.idle(hand.page)
    screens.expect_picture(hand.view, decode(code))
    expect(hand.number(0)).to_have_value("-0.4")
    assert np.array_equal(hand.code(), code)


def test_the_plane_moves_its_two_directions_only(hand, decode):
    hand.expect_whole()
    box = screens.box(hand.page.locator(".pad"))
    hand.page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.25)
    hand.page.wait_for_url("**z=*")
    code = hand.code()
    screens.expect_picture(hand.view, decode(code))
    moved, axes = code - START, PREVIEW["components"]
    assert moved == pytest.approx(moved @ axes.T @ axes, abs=1e-4)
    hand.expect_whole()
    hand.page.locator(".pad").press("ArrowLeft")
    hand.page.wait_for_url(lambda address: "z=" in address and quote(url.pack(code)) not in address)
    step = (hand.code() - code) @ axes[0] / PREVIEW["scale"][0]
    assert step == pytest.approx(-0.3, abs=0.01)


def test_every_choice_reaches_the_server(hand, decode):
    hand.page.locator("select.page").select_option("2")
    screens.expect_in_link(hand.page, "dims=2")
    expect(hand.page.get_by_label(f"Dimension {ORDER[16]}, rank 17")).to_be_visible()
    hand.page.locator("select.axis").first.select_option(str(ORDER[3]))
    screens.expect_in_link(hand.page, f"plane={ORDER[3]}.{ORDER[0]}")
    expect(hand.page.locator("select.axis").nth(1)).to_have_value(str(ORDER[0]))
    hand.page.locator(".strip button").nth(2).click()
    expect(hand.page.locator(".original")).to_be_visible()
    expect(hand.page.locator(".strip button").nth(2)).to_have_attribute("aria-pressed", "true")
    hand.page.get_by_role("button", name="Reset to 0").click()
    screens.expect_picture(hand.view, decode(np.zeros(CARD.latent)))


def test_a_finger_on_a_phone(new_page, decode):
    hand = Explorer(new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True))
    screens.expect_no_overflow(hand.page, (390, 844))
    x, y = hand.place(3, 0)
    hand.page.touchscreen.tap(x + 40, y)
    hand.page.wait_for_url("**z=*")
    assert hand.code()[ORDER[3]] != START[ORDER[3]]
    screens.expect_picture(hand.view, decode(hand.code()))


def test_a_bad_link_is_one_sentence(new_page):
    page = new_page("/?z=" + quote("AAAA") + "&model=nothing")
    expect(page.get_by_text("so the start picture is shown")).to_be_visible()
    screens.expect_picture(Explorer(page).view, PREVIEW["start_picture"][0], tolerance=0)
