"""PixelShuffle on its page: typed numbers stand in the link and come back from it.

What the component does by itself is tested in tests/components/test_pixel_shuffle.py.
"""

from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from tests.browser import screens


def opened(new_page, path="/pixel_shuffle", **options):
    page = new_page(path, **options)
    page.locator(".shuffle .cell").nth(35).wait_for()
    screens.idle(page)
    return page


@pytest.mark.slow
def test_two_typed_numbers_stand_in_the_link_and_in_the_table(new_page):
    page = opened(new_page)
    screens.expect_no_overflow(page)
    editor = page.locator(".shuffle .editor")
    page.locator(".shuffle .cell[data-k='0']").click()
    editor.fill("-8")
    editor.press("Tab")
    page.wait_for_url("**cells=-8_2_3*")
    editor.fill("99")
    editor.press("Enter")
    page.wait_for_url("**cells=-8_99_3*")
    page.locator(".shuffle input[type=range]").fill("3.5")  # of 4: a channel takes more than a second
    page.locator(".shuffle .play").click()
    expect(page.locator(".shuffle output")).to_contain_text("Done")

    other = opened(new_page, "/pixel_shuffle?" + urlparse(page.url).query)
    expect(other.locator(".shuffle .cell[data-k='0'] text")).to_have_text("−8")
    expect(other.locator(".shuffle .cell[data-k='1'] text")).to_have_text("99")
    with other.expect_download() as download:
        other.get_by_role("button", name="Cells as CSV").click()
    assert download.value.path().read_text().splitlines()[1:3] == ["0,0,0,0,0,0,-8", "0,0,1,0,0,2,99"]
    other.get_by_text("r = 3").first.click()
    expect(other.locator(".shuffle .cell[data-k='35'] text")).to_have_text("36")
    other.wait_for_url(lambda address: "shape=9x2" in address and "cells" not in address)


@pytest.mark.slow
def test_nothing_is_wider_than_a_phone(new_page):
    screens.expect_no_overflow(opened(new_page, viewport=screens.PHONE))
