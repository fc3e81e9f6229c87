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


@pytest.mark.parametrize("touch", slow.all_but([True], [True, False]))
def test_the_bar_of_a_chart_lies_on_nothing_of_it(new_page, touch):
    page = new_page("/models?model=mnist_ssgan", viewport=screens.PHONE, has_touch=touch, is_mobile=touch)
    chart = page.locator(".stPlotlyChart").first
    title, bar = chart.locator(".gtitle").first, chart.locator(".modebar")
    expect(title).to_be_visible(timeout=WAKING)
    expect_above(bar, title)
    bar.locator("[data-title=Fullscreen]").click()
    page.wait_for_function("(chart) => chart.getBoundingClientRect().height > 600", arg=chart.element_handle())
    expect_above(bar, title)


def expect_above(bar, title):
    """The whole bar is in the window and ends where the title begins, or before."""
    bar.scroll_into_view_if_needed()
    expect(bar).to_be_in_viewport(ratio=1)
    upper, lower = screens.box(bar), screens.box(title)
    assert upper["y"] + upper["height"] <= lower["y"]
