"""A Streamlit server of the app on a free port, and a headless Chromium.

The browser is `chromium` on the path, or what LATENT_LAB_CHROMIUM names. Without one these tests are skipped, but not
where CI is set: there it is a failure.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def absent(reason):
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def served(folder, before=""):
    """Address of an app of its own, whose log is in `folder`. before: Python that its process runs first."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    options = ["run", "app.py", "--server.headless", "true", "--server.port", str(port)]
    options += ["--server.address", "127.0.0.1"]
    program = (
        f"{before}\nimport sys\nfrom streamlit.web.cli import main\nsys.argv = ['streamlit', *{options!r}]\nmain()"
    )
    log = folder / "log"
    with log.open("w") as file:
        server = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=file, stderr=subprocess.STDOUT)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.2)
        else:
            pytest.fail("the app did not start within a minute:\n" + log.read_text())
        if server.poll() is not None:
            pytest.fail("the app stopped:\n" + log.read_text())
        yield url
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def app_url(tmp_path_factory):
    """Address of the running app."""
    with served(tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture(scope="module")
def browser():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("playwright is not installed: make test installs it.")
    executable = os.environ.get("LATENT_LAB_CHROMIUM") or shutil.which("chromium")
    if not executable:
        absent("There is no Chromium: install it, or name it in LATENT_LAB_CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, app_url):
    """new_page(path="/", **context options): a page in a context of its own. A console error fails the test."""
    contexts, errors = [], []

    def listen(message):
        # Only what our own page says: without a network, icons from elsewhere cannot be loaded, which is no error here.
        elsewhere = message.location.get("url", "").startswith("http") and app_url not in message.location["url"]
        # On a link to a page other than the first Streamlit probes two addresses that are not there, and says so.
        probing = "/_stcore/" in message.location.get("url", "")
        if message.type == "error" and not elsewhere and not probing:
            errors.append(message.text)

    def open_page(path="/", **options):
        options = {"viewport": {"width": 1440, "height": 900}} | options
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(app_url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors
