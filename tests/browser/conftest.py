"""For each worker one Streamlit server of the app on a free port, for the whole run; pages of it in a browser."""

import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.browser import screens
from tests.conftest import WAKING

ROOT = Path(__file__).parent.parent.parent
WINDOW = {"width": 1440, "height": 900}
START = ("-m", "streamlit", "run", "app.py")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url):
    try:
        return urllib.request.urlopen(f"{url}/_stcore/health", timeout=10).status == 200
    except OSError:
        return False


@contextlib.contextmanager
def served(folder, arguments=START, cwd=ROOT):
    """Address of an app of its own, started as `python ARGUMENTS` in `cwd`, whose log is in `folder`."""
    log = folder / "log"
    for _ in range(3):  # another process may take the port before the server does
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        options = ["--server.headless", "true", "--server.port", str(port), "--server.address", "127.0.0.1"]
        with log.open("w") as file:
            command = [sys.executable, *arguments, *options]
            server = subprocess.Popen(command, cwd=cwd, stdout=file, stderr=subprocess.STDOUT)
        late = time.monotonic() + 120
        while not (ready := answers(url)) and server.poll() is None and time.monotonic() < late:
            time.sleep(0.1)
        if server.poll() is None:
            break
    try:
        if server.poll() is not None or not ready:  # not asked again: it may be importing torch meanwhile
            pytest.fail(f"the app did not start ({' '.join(command)}):\n{log.read_text()}")
        yield url
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="session")
def app_url(tmp_path_factory):
    """Address of the running app."""
    with served(tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture(scope="session")
def awake_app_url(app_url, kept_pages):
    """The same when it has answered with a page that needs torch: no test of a page waits for the import."""
    kept = kept_pages.take(WINDOW)
    kept.page.goto(f"{app_url}/denoise")
    kept.page.locator("[data-testid=stTable]").first.wait_for(timeout=WAKING)
    screens.idle(kept.page)
    kept_pages.give_back(kept)
    return app_url


@contextlib.contextmanager
def visiting(take_page, url):
    """open_page(path="/", before=None, script=None, **context options): a page in a context of its own.

    before(page) is called before the address is opened; script is JavaScript that runs before that of the page. A
    console error fails the test.
    """
    taken = []

    def open_page(path="/", before=None, viewport=WINDOW, **options):
        taken.append(take_page(viewport, **options))
        page = taken[-1].page
        if before:
            before(page)
        page.goto(url + path)
        return page

    yield open_page
    # Only what our own page says: without a network, icons from elsewhere cannot be loaded, which is no error here.
    # On a link to a page other than the first Streamlit probes two addresses that are not there, and says so.
    errors = [
        words
        for kept in taken
        for words, address in kept.errors
        if not address.startswith("http") or (address.startswith(url) and "/_stcore/" not in address)
    ]
    assert not errors


@pytest.fixture
def new_page(take_page, awake_app_url):
    """new_page(path="/", **context options): see `visiting`, on the worker's server."""
    with visiting(take_page, awake_app_url) as open_page:
        yield open_page
