"""The square of noise on its page: the server answers on release, and fields, keys and links move it, too.

What the component does by itself is tested in tests/components/test_patch.py.
"""

from urllib.parse import urlparse

import numpy as np
import pytest
from playwright.sync_api import expect

import data
from tests.browser import screens
from ui.images import denoising

IMAGE = data.sample("mnist").images[7]


def noisy(row, column):
    """The clean picture with the noise at a place: what the server would make of it."""
    scale, offset = denoising.maps(denoising.Noise("gaussian", 0.5, row, column, 0))
    picture = IMAGE[0].astype(float)
    there = slice(row, row + 8), slice(column, column + 8)
    picture[there] = np.clip(scale * picture[there] / 255 + offset, 0, 1) * 255
    return picture


class Page:
    def __init__(self, page):
        self.page, self.canvas = page, page.locator(".patch canvas")
        page.get_by_text("inside").first.wait_for()
        screens.idle(page)

    def expect_noise_at(self, row, column):
        screens.expect_picture(self.canvas, noisy(row, column), zoom=20)

    def at(self, row, column):
        """The middle of a pixel of the picture, in the window."""
        box = screens.box(self.canvas)
        return box["x"] + (column + 0.5) * box["width"] / 28, box["y"] + (row + 0.5) * box["height"] / 28

    def results(self):
        return self.page.get_by_text("outside exact").first.inner_text()

    def expect_other_results(self, before):
        self.page.wait_for_function("before => !document.body.innerText.includes(before)", arg=before)


def test_two_drags_a_key_and_a_number_and_the_same_place_from_the_link(new_page):
    one = Page(new_page("/denoise?image=7"))
    one.expect_noise_at(10, 10)
    row, column = 10, 10
    for down, right in [(-1, 1), (1, -2)]:
        before, address = one.results(), one.page.url
        one.page.mouse.move(*one.at(row + 2, column + 2))
        one.page.mouse.down()
        for _ in range(4):
            row, column = row + down, column + right
            one.page.mouse.move(*one.at(row + 2, column + 2))
            one.expect_noise_at(row, column)  # while the button is down: no server has been asked
        assert one.page.url == address
        one.page.mouse.up()
        one.expect_other_results(before)
        expect(one.page.get_by_label("Row", exact=True)).to_have_value(str(row))
        expect(one.page.get_by_label("Column", exact=True)).to_have_value(str(column))
        one.expect_noise_at(row, column)
    one.canvas.press("Shift+ArrowDown")
    screens.expect_in_link(one.page, "row=14")
    one.page.get_by_label("Column", exact=True).fill("0")
    one.page.get_by_label("Column", exact=True).press("Enter")
    screens.expect_in_link(one.page, "row=14", "column=0")
    one.expect_noise_at(14, 0)
    Page(new_page("/denoise?" + urlparse(one.page.url).query)).expect_noise_at(14, 0)


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_is_wider_than_the_window(new_page, size):
    page = Page(new_page("/denoise?image=7", viewport={"width": size[0], "height": size[1]})).page
    screens.expect_no_overflow(page, size)
