"""No page has what axe-core calls serious or critical, without motion; test_presenting.py has the dark theme."""

from pathlib import Path

import pytest

from pages.contents import HIDDEN, SECTIONS
from tests.browser import axe, screens
from tests.browser.conftest import WINDOW
from tests.conftest import PATIENCE, WAKING

PAGES = {Path(file).stem: title for pages in (*SECTIONS.values(), HIDDEN) for file, title, _ in pages}
ADDRESSES = [*PAGES, "latent_space?lesson=latent_space&lesson_step=2"]  # last: the strip of a lesson, with a question
WHOLE = {ADDRESSES[0], ADDRESSES[-1]}  # with the menu, which is the same beside every page
GO = """(address) => {
  document.title = "";
  history.pushState({}, "", `/${address}`);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
THERE = """(title) =>
  document.title.split(" · ")[0] === title &&
  document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") &&
  document.querySelector("[data-testid=stMain] h1") &&
  !document.querySelector("[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]")"""


@pytest.fixture(scope="module")
def tab(browser, awake_app_url):
    """One tab for all: the app is loaded once, and goes from page to page as it does by Back."""
    context = browser.new_context(viewport=WINDOW, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{awake_app_url}/denoise")
    screens.idle(page)
    yield page
    context.close()


def go(page, address):
    page.evaluate(GO, address)
    page.wait_for_function(THERE, arg=PAGES[address.partition("?")[0]], timeout=WAKING)


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_serious_on_a_page(tab, address):
    go(tab, address)
    axe.expect_nothing(tab, within=None if address in WHOLE else "[data-testid=stMain]")
