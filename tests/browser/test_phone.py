"""Pages on a phone: every choice is in sight, the names of models are whole, and no bar lies on a chart's title."""

import re

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
# How many lines the first words of each element take, and which elements hold something that is wider than its place.
LINES = """(elements) => elements.map((element) => {
  const range = document.createRange();
  range.selectNode(document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode());
  return range.getClientRects().length;
})"""
WIDER = """(elements) => elements.flatMap((element) => [...element.querySelectorAll("*")])
  .filter((one) => getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1).length"""
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
        screens.until(lambda menu=menu: menu.evaluate(CUT), lambda cut: not cut)  # maybe when its font has come


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


@pytest.mark.parametrize(("path", "below"), [("reconstruct", "canvas"), ("likelihood", "[data-testid=stMetric]")])
def test_what_to_choose_stands_before_what_comes_of_it(new_page, path, below):
    page = new_page(f"/{path}", viewport=screens.PHONE)
    first = page.locator(below).first
    expect(first).to_be_visible(timeout=WAKING)
    screens.idle(page)
    screens.expect_below(page.get_by_role("button", name="Another"), first)
    expect(first).to_be_in_viewport()


def test_a_notice_above_the_title_is_whole(new_page):
    page = new_page("/lessons?room=CDFHJK", viewport=screens.PHONE)  # there is no such room
    notice = page.get_by_test_id("stAlert")
    expect(notice).to_be_visible(timeout=WAKING)
    screens.idle(page)
    screens.expect_below(page.get_by_test_id("stHeader"), notice)


def test_a_live_component_stays_as_it_is_while_the_server_draws(new_page):
    page = new_page("/reconstruct", viewport=screens.PHONE)
    expect(page.locator("canvas").first).to_be_visible(timeout=WAKING)
    screens.idle(page)
    opacity = """(element) => {  // as the library marks what has not come again yet
      element.dataset.stale = true;
      element.style.opacity = 0.33;
      return getComputedStyle(element).opacity;
    }"""
    assert page.locator("[class*=st-key-component-reconstruct]").evaluate(opacity) == "1"
    assert page.locator(".st-key-model").evaluate(opacity) == "0.33"


@pytest.mark.parametrize("path", slow.all_but(["denoise"], ["denoise", "classify"]))
def test_a_figure_and_its_unit_are_in_one_line_and_all_columns_in_sight(new_page, path):
    page = new_page(f"/{path}", viewport=screens.PHONE)
    tables = page.get_by_test_id("stTable")
    expect(tables).to_have_count(2, timeout=WAKING)
    screens.idle(page)
    figures = tables.locator("td", has_text=re.compile(r"^\d+\.\d(\sdB|%)$"))
    expect(figures.nth(30)).to_be_visible()
    screens.until(lambda: set(figures.evaluate_all(LINES)), lambda lines: lines == {1})  # maybe when its font has come
    screens.until(lambda: tables.evaluate_all(WIDER), lambda wider: not wider)


def expect_above(bar, title):
    """The whole bar is in the window and ends where the title begins, or before."""
    bar.scroll_into_view_if_needed()
    expect(bar).to_be_in_viewport(ratio=1)
    screens.expect_below(bar, title)
