"""Nothing of a test reaches the next one that gets the same page."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WINDOW
from tests.kept_pages import KeptPages

WRITES_LATE = """() => addEventListener("pagehide", () => {
  localStorage.setItem("late", "1");
  sessionStorage.setItem("late", "1");
})"""
LEFT = "() => [localStorage.late, sessionStorage.late]"


@pytest.fixture
def pages(browser):
    """KeptPages of this test alone."""
    kept = KeptPages(browser)
    yield kept
    while kept.idle:
        kept.idle.pop().context.close()


def test_what_a_page_stores_while_it_ends_is_forgotten(pages, app_url):
    kept = pages.take(WINDOW)
    kept.page.goto(f"{app_url}/gan_losses")
    expect(kept.page.get_by_test_id("stSidebarNav")).to_be_visible()
    kept.page.evaluate(WRITES_LATE)
    pages.give_back(kept)
    assert pages.take(WINDOW) is kept
    kept.page.goto(f"{app_url}/_stcore/health")
    assert kept.page.evaluate(LEFT) == [None, None]


def test_a_page_whose_server_is_away_is_not_kept(pages, app_url):
    kept = pages.take(WINDOW)
    kept.page.goto(f"{app_url}/_stcore/health")
    kept.context.set_offline(True)
    kept.lasting = False  # as if the server had ended, and not the network
    pages.give_back(kept)
    assert pages.idle == []


def test_a_script_of_a_test_does_not_run_in_the_page_of_the_next_one(pages):
    kept = pages.take(WINDOW, script="delete window.Worker")
    kept.page.goto("about:blank")
    assert kept.page.evaluate("() => typeof Worker") == "undefined"
    pages.give_back(kept)
    assert pages.take(WINDOW) is kept
    assert kept.page.evaluate("() => typeof Worker") == "function"
    kept.page.goto("about:blank")
    assert kept.page.evaluate("() => typeof Worker") == "function"
