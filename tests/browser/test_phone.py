"""Pages on a phone: every choice is in sight, the names of models are whole, and no bar lies on a chart's title."""

import pytest
from playwright.sync_api import expect

from tests import slow
from tests.browser import screens
from tests.conftest import WAKING

# Choices beyond the edge of the window or of their own row.
HIDDEN = """() => [...document.querySelectorAll("[data-testid=stButtonGroup] button")].filter((button) => {
  const { left, right } = button.getBoundingClientRect(), row = button.parentElement.getBoundingClientRect();
  return left < row.left - 2 || right > row.right + 2 || right > innerWidth;
}).map((button) => button.textContent)"""
CUT = "(input) => input.scrollWidth > input.clientWidth"


@pytest.mark.parametrize("path", slow.all_but(["classify"], ["classify", "directions", "metrics", "inside"]))
def test_no_choice_is_beyond_the_edge(new_page, path):
    page = new_page(f"/{path}", viewport=screens.PHONE)
    page.get_by_test_id("stButtonGroup").first.wait_for(timeout=WAKING)
    screens.idle(page)
    page.wait_for_function(f"() => ({HIDDEN})().length === 0")


@pytest.mark.slow
@pytest.mark.parametrize(("path", "names"), [("inside", ["Model"]), ("jsd_wasserstein", ["p", "q, moved by θ"])])
def test_a_menu_shows_the_whole_name_of_what_was_chosen(new_page, path, names):
    page = new_page(f"/{path}", viewport=screens.PHONE)
    for name in names:
        menu = page.get_by_role("combobox", name=name, exact=True)
        expect(menu).to_be_visible(timeout=WAKING)
        assert not menu.evaluate(CUT)
