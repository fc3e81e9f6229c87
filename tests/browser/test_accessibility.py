"""No page has what axe-core calls serious or critical, without motion; test_presenting.py has the dark theme."""

import pytest

from tests import slow
from tests.browser import axe, screens
from tests.browser.conftest import WINDOW

# Last: the strip of a lesson, with a question.
ADDRESSES = [*screens.PAGES, "latent_space?lesson=latent_space&lesson_step=2"]
WHOLE = {ADDRESSES[0], ADDRESSES[-1]}  # with the menu, which is the same beside every page
QUICK = {*WHOLE, "gan_losses"}  # looked at by `make test`, all others by `make slow`


@pytest.fixture(scope="module")
def tab(kept_pages, awake_app_url, request):
    """One tab for all: the app is loaded once, and goes from page to page as it does by Back."""
    failures = request.session.testsfailed
    kept = kept_pages.take(WINDOW, reduced_motion="reduce")
    kept.page.goto(f"{awake_app_url}/denoise")
    screens.idle(kept.page)
    yield kept.page
    kept_pages.give_back(kept, failed=request.session.testsfailed > failures)


@pytest.mark.parametrize("address", slow.all_but(QUICK, ADDRESSES))
def test_nothing_serious_on_a_page(tab, address):
    screens.go(tab, f"/{address}", address.partition("?")[0])
    axe.expect_nothing(tab, within=None if address in WHOLE else "[data-testid=stMain]")
