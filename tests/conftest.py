"""For all tests: one thread of torch and one Chromium for each process, and a summary of what was not checked."""

import gc
import os
import tempfile
from collections import Counter

import pytest

from tests import unchecked

# Read once by torch's thread pool when it is loaded. Servers and commands that tests start inherit it.
os.environ["OMP_NUM_THREADS"] = "1"
# Rooms of a class are kept in a database of their own, which servers that tests start inherit, too.
ROOMS = tempfile.TemporaryDirectory(prefix="rooms")
os.environ["LATENT_LAB_DATABASE"] = f"sqlite:///{ROOMS.name}/classroom.sqlite"

PATIENCE = 30_000  # milliseconds that a browser test waits for a condition; long, for busy machines
WAKING = 5 * PATIENCE  # for the first use of a network: a server that has just started imports torch
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--liftoff-only",  # a network runs for seconds: to compile it a second time, better, would take longer
]


BROWSER = "tests/browser/"
FIRST = "browser", "components", "train", "ui", "pages", "js"  # folders of long files: the last ones of a run are short


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One more than the machine has cores: a test in a browser waits for timers and for its server."""
    return (yield) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """One process runs all tests of the folder browser, since a server of the app is slow to start.

    Otherwise a file is run by one process: slow tests of a browser, too, which are too many for one process.
    """
    from xdist.scheduler import LoadFileScheduling

    class OneServer(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)

    return None if "slow" in config.option.markexpr else OneServer(config, log)


def pytest_collection():
    """Everything imported so far stays, so the garbage collector need not look at it."""
    gc.disable()


def pytest_collection_finish():
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium. Without one the test is skipped, but where CI is set, it fails."""
    executable = unchecked.chromium()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def kept_pages(browser):
    """The worker's pages of the browser."""
    from tests.kept_pages import KeptPages

    return KeptPages(browser)


@pytest.fixture
def take_page(kept_pages, request):
    """take_page(viewport, **options): see tests/kept_pages.py. All are given back after the test."""
    taken, failures = [], request.session.testsfailed

    def take(viewport, **options):
        taken.append(kept_pages.take(viewport, **options))
        return taken[-1]

    yield take
    for kept in taken:
        kept_pages.give_back(kept, failed=request.session.testsfailed > failures)


@pytest.fixture(scope="session")
def node():
    """Path of the node that Playwright's wheel brings along."""
    return unchecked.node()


@pytest.fixture
def own_caches():
    """The app with empty caches, for tests that change what it reads; the caches are dropped afterwards."""
    from tests.apptest import new_caches, with_caches

    with with_caches(new_caches()):
        yield


@pytest.fixture
def no_sets(tmp_path, monkeypatch, own_caches):
    """A fresh laptop: nothing in the data root, whose folder it gives."""
    monkeypatch.setenv("LATENT_LAB_DATA", str(tmp_path))
    return tmp_path


@pytest.hookimpl(tryfirst=True)  # a random order is made of it
def pytest_collection_modifyitems(config, items):
    """Long files come first. Slow tests are skipped, and counted in the summary, where -m does not speak of them."""
    items.sort(key=lambda item: (*FIRST, item.path.parent.name).index(item.path.parent.name))
    if "slow" in config.option.markexpr:
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(unchecked.SLOW))


def pytest_terminal_summary(terminalreporter):
    """One line for each reason: how many tests it kept from running, what is missing, and how to get it."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    if not reasons:
        return
    terminalreporter.section("not checked on this machine")
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count} {'test' if count == 1 else 'tests'}: {reason}")
