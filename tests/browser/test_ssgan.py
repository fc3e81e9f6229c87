"""The turning digit on its page: picture and guess follow the hand without the server, and the link holds the angle.

What the component does by itself is tested in tests/components/test_turning.py.
"""

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import checkpoints
import data
from metrics.rotation import turn_chances, turned
from tests.browser import screens
from tests.conftest import WAKING

IMAGE = torch.from_numpy(data.sample("mnist").images[7]).float() / 255


@pytest.fixture(scope="module")
def guess():
    """(grey picture (28, 28), probabilities (4,)) of the digit turned and moved, by PyTorch."""
    network = checkpoints.load("mnist_ssgan")

    def of(angle, moved=0.0):
        pictures = turned(IMAGE, [angle], moved)
        chances = turn_chances(lambda x: network.rotation(2 * x - 1), pictures)
        return (255 * pictures[0, 0]).round().numpy(), chances[0].numpy()

    return of


class Page:
    def __init__(self, page):
        self.page, self.view = page, page.locator(".turning .view")
        self.view.wait_for(timeout=WAKING)
        screens.idle(page)

    @property
    def angle(self):
        return float(self.view.get_attribute("aria-valuenow"))

    def at(self, degrees):
        """A place around the middle of the picture, anticlockwise from the right, in the window."""
        box, turn = screens.box(self.view), np.deg2rad(degrees)
        middle = box["x"] + box["width"] / 2, box["y"] + box["width"] / 2
        return middle[0] + 100 * np.cos(turn), middle[1] - 100 * np.sin(turn)

    def expect_to_fit(self):
        """Nothing is wider than the window, and the guess is on its first screen."""
        screens.expect_no_overflow(self.page)
        expect(self.page.locator(".turning .bars")).to_be_in_viewport(ratio=1)

    def expect(self, picture, chances):
        """Wait for this picture, within a grey level, and these probabilities, within a percent."""
        screens.expect_picture(self.view, picture)
        self.page.wait_for_function(
            """([bars, wanted]) => [...bars.children].every((row, k) =>
              Math.abs(row.style.getPropertyValue("--share") - wanted[k]) < 0.01)""",
            arg=[self.page.locator(".turning .bars").element_handle(), chances.tolist()],
        )


@pytest.mark.slow
def test_the_guess_follows_the_hand_and_the_link_holds_where_it_let_go(new_page, guess):
    one = Page(new_page("/ssgan"))
    one.expect(*guess(0))  # the server's
    one.expect_to_fit()
    one.page.locator("[data-answers=network]").wait_for()
    one.page.evaluate(screens.COUNT_MESSAGES)
    start = one.page.locator(".turning .guess").inner_text()
    one.page.mouse.move(*one.at(10))
    one.page.mouse.down()
    for degrees in (37, 64, 100):
        one.page.mouse.move(*one.at(degrees))
        expect(one.view).not_to_have_attribute("aria-valuenow", "0")
        one.page.evaluate(screens.FRAMES)
        one.expect(*guess(one.angle))  # the browser's: the button is still down
    assert one.angle == pytest.approx(90, abs=1)
    assert one.page.locator(".turning .guess").inner_text() != start
    assert one.page.evaluate("messages") == 0
    one.page.mouse.up()
    screens.expect_in_link(one.page, f"angle={one.angle:g}")
    one.page.get_by_label("Move up and left, pixels").press("End")
    screens.expect_in_link(one.page, "moved=1")
    screens.idle(one.page)
    one.expect(*guess(one.angle, 1.0))
    Page(new_page(f"/ssgan?angle={one.angle:g}&moved=1")).expect(*guess(one.angle, 1.0))


@pytest.mark.slow
def test_without_workers_the_guess_is_the_servers(new_page, guess):
    one = Page(new_page("/ssgan", script=screens.WITHOUT_WORKERS))
    expect(one.page.locator(".quiet")).to_have_text(
        "The guesses are the server's, one for every 5°, because this browser has no workers."
    )
    one.page.get_by_label("Angle, degrees anticlockwise").fill("120")
    one.expect(*guess(120))


@pytest.mark.slow
def test_a_phone_shows_picture_and_guess_at_once(new_page):
    Page(new_page("/ssgan", viewport=screens.PHONE)).expect_to_fit()
