"""The square of noise on its page: both answers follow the hand, the server answers on release, and links hold it.

What the component does by itself is tested in tests/components/test_denoiser.py.
"""

from urllib.parse import urlparse

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import checkpoints
import data
from models import patch_noise
from tests.browser import screens
from tests.conftest import WAKING
from ui.images import denoising

IMAGE = data.sample("mnist").images[7]


@pytest.fixture(scope="module")
def answers():
    """Grey pictures (28, 28) of a clean one with noise at a place, and of what PyTorch makes of it."""
    model = checkpoints.load("mnist_patch_denoiser")

    def pictures(row, column, image=IMAGE):
        noise = denoising.Noise("gaussian", 0.5, row, column, 0)
        noisy = patch_noise.corrupt(torch.from_numpy(image[None]).float() / 255, *noise.drawn(1))
        with torch.inference_mode():
            both = model(noisy), model(noisy, torch.tensor([row * 21 + column]))
        return [(255 * x[0, 0]).round().numpy() for x in (noisy, *both)]

    return pictures


class Page:
    def __init__(self, page):
        self.page = page
        self.views = [page.locator(f".{name} .view") for name in ("question", "blind", "informed")]
        self.views[0].wait_for(timeout=WAKING)
        screens.idle(page)

    def expect_network(self):
        self.page.locator("[data-answers=network]").wait_for()

    def expect_pictures(self, wanted, count=3):
        """Wait for the noisy picture and both answers, within a grey level."""
        for view, picture in list(zip(self.views, wanted, strict=True))[:count]:
            screens.expect_picture(view, picture, zoom=12)

    def expect_to_fit(self, least):
        """Nothing is wider than the window, and the three pictures are equally wide, at least `least` pixels."""
        screens.expect_no_overflow(self.page)
        screens.until(
            lambda: [screens.box(view)["width"] for view in self.views],
            lambda widths: max(widths) - min(widths) <= 0.5 and widths[0] >= least,
        )

    def at(self, row, column):
        """The middle of a pixel of the picture, in the window."""
        box = screens.box(self.views[0])
        return box["x"] + (column + 0.5) * box["width"] / 28, box["y"] + (row + 0.5) * box["height"] / 28


def opened(new_page, query="image=7", **options):
    return Page(new_page(f"/denoise?{query}", **options))


@pytest.mark.slow
def test_both_answers_follow_the_hand_and_the_link_holds_where_it_let_go(new_page, answers):
    one = opened(new_page)
    one.expect_pictures(answers(10, 10))  # the server's
    one.expect_network()
    one.expect_to_fit(220)
    one.page.evaluate(screens.COUNT_MESSAGES)
    address, (row, column) = one.page.url, (10, 10)
    one.page.mouse.move(*one.at(row + 2, column + 2))
    one.page.mouse.down()
    for _ in range(4):
        row, column = row - 1, column + 2
        one.page.mouse.move(*one.at(row + 2, column + 2))
        one.expect_pictures(answers(row, column))  # the browser's: the button is still down
    assert one.page.evaluate("messages") == 0
    assert one.page.url == address
    one.page.mouse.up()
    screens.expect_in_link(one.page, f"row={row}", f"column={column}")
    screens.idle(one.page)
    one.expect_pictures(answers(row, column))
    one.views[0].press("ArrowDown")
    screens.expect_in_link(one.page, f"row={row + 1}")
    opened(new_page, urlparse(one.page.url).query).expect_pictures(answers(row + 1, column))


@pytest.mark.slow
def test_a_stroke_is_denoised_under_the_pen(new_page, answers):
    one = opened(new_page)
    one.expect_network()
    one.page.get_by_role("button", name="Draw").click()
    one.page.evaluate(screens.COUNT_MESSAGES)
    before = one.page.locator(".informed dd").all_inner_texts()
    one.page.mouse.move(*one.at(24, 6))
    one.page.mouse.down()
    one.page.mouse.move(*one.at(12, 12), steps=5)  # into the square
    expect(one.page.locator(".informed dd").first).not_to_have_text(before[0])
    assert one.page.evaluate("messages") == 0
    one.page.mouse.up()
    one.page.locator("canvas[aria-label*='drawn on']").wait_for()  # the server's answer
    clean = one.page.locator(".question .small").evaluate(
        "canvas => Array.from(canvas.getContext('2d').getImageData(0, 0, 28, 28).data).filter((_, k) => k % 4 === 0)"
    )
    drawn = np.array(clean, np.uint8).reshape(1, 28, 28)
    assert drawn[0, 23, 6] > 200
    one.expect_pictures(answers(10, 10, drawn))


@pytest.mark.slow
def test_without_workers_the_answers_follow_on_release(new_page, answers):
    one = opened(new_page, script=screens.WITHOUT_WORKERS)
    expect(one.page.locator(".quiet")).to_have_text(
        "The answers follow when you let go, because this browser has no workers."
    )
    one.page.mouse.move(*one.at(12, 12))
    one.page.mouse.down()
    one.page.mouse.move(*one.at(14, 9))
    one.expect_pictures(answers(12, 7), 1)
    one.page.mouse.up()
    one.expect_pictures(answers(12, 7))


@pytest.mark.slow
def test_nothing_is_wider_than_a_phone(new_page):
    opened(new_page, viewport=screens.PHONE).expect_to_fit(160)
