"""Models: a press on the picture of a tile opens its model where it can be explored."""

import pytest
from playwright.sync_api import expect

from tests.browser import screens
from tests.conftest import WAKING

# Whether in any frame a picture of a tile stood outside of a link: a press on it does nothing.
WATCH_PICTURES = """
window.withoutLink = 0;
(function look() {
  const pictures = [...document.querySelectorAll(".st-key-model_tiles img")];
  withoutLink = Math.max(withoutLink, pictures.filter((picture) => !picture.closest("a[href]")).length);
  requestAnimationFrame(look);
})();
"""
LAST_IS_NEAR = """y => {
  const tile = [...document.querySelectorAll(".st-key-model_tiles [class*=st-key-tile_]")].at(-1);
  return tile && Math.abs(tile.getBoundingClientRect().y - y) <= 40;
}"""


def expect_explored(page):
    page.wait_for_url("**/latent_space?model=mnist_gan*", timeout=WAKING, wait_until="commit")
    expect(page.get_by_role("heading", name="Latent space")).to_be_visible(timeout=WAKING)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_press_on_a_picture_explores_the_model(new_page, size):
    page = new_page("/models", viewport=dict(zip(("width", "height"), size, strict=True)))
    picture = page.locator(".st-key-tile_mnist_gan img")
    picture.wait_for()
    screens.idle(page)
    screens.expect_no_overflow(page)
    picture.click()
    expect_explored(page)


@pytest.mark.slow
def test_a_press_on_a_picture_is_heard_as_soon_as_there_is_a_picture(new_page):
    """The code for links comes late, as on a busy machine: a picture beside its link would be there before it."""
    held = []

    def hold(page):
        page.route(screens.LINKS_CODE, lambda route: held.append(route))

    page = new_page("/models", hold, script=WATCH_PICTURES)
    last = page.locator(".st-key-model_tiles [class*=st-key-tile_]").last
    last.wait_for(state="attached")
    screens.idle(page)
    page.wait_for_function("document.querySelectorAll('.st-key-model_tiles [data-testid=stSkeleton]').length > 9")
    place = screens.box(last)
    screens.until(lambda: page.evaluate("0") or held, bool)
    for route in held:
        route.continue_()
    page.unroute(screens.LINKS_CODE)
    picture = page.locator(".st-key-tile_mnist_gan img")
    picture.wait_for()
    assert page.evaluate("withoutLink") == 0
    # When all are drawn, the links are as high as their places were, but for a third line of words in some row above.
    page.wait_for_function(LAST_IS_NEAR, arg=place["y"])
    picture.click()
    expect_explored(page)
