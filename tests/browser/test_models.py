"""Models: a press on the picture of a tile opens its model where it can be explored."""

import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.conftest import WAKING


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_press_on_a_picture_explores_the_model(new_page, size):
    page = new_page("/models", viewport=dict(zip(("width", "height"), size, strict=True)))
    picture = page.locator(".st-key-tile_mnist_gan img")
    picture.wait_for()
    screens.idle(page)
    screens.expect_no_overflow(page)
    link = page.locator(".st-key-tile_mnist_gan a")
    middle, corner = screens.box(picture), screens.box(link)
    # A click on the link, which covers the picture: Playwright sees to it that nothing lies above it at that moment.
    link.click(
        position={
            "x": middle["x"] + middle["width"] / 2 - corner["x"],
            "y": middle["y"] + middle["height"] / 2 - corner["y"],
        }
    )
    page.wait_for_url("**/latent_space?model=mnist_gan*", timeout=WAKING, wait_until="commit")
    expect(page.get_by_role("heading", name="Latent space")).to_be_visible(timeout=WAKING)
