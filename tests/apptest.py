"""The app in AppTest, without a browser: a page, opened with the parameters of a link."""

import contextlib
import functools
import re
import subprocess
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.caching import cache_data_api, cache_resource_api
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

import checkpoints
import data
from data.titles import title_of
from ui import jobs
from ui.url.param import JOINER

APP = Path(__file__).parent.parent / "pages" / "menu.py"
FIRST = "start/home"  # answers at "/"
_timed_out = functools.partial(local_script_runner.require_widgets_deltas, timeout=0)


def _wait(runner, timeout):
    """AppTest looks through all that a page has sent a thousand times a second, beside the page; this sleeps."""
    runner._script_thread.join(timeout)
    if not runner.script_stopped():
        _timed_out(runner)


local_script_runner.require_widgets_deltas = _wait


def _run_again(number, on_drawn):
    """What a browser does after it has received a run."""
    on_drawn(number)
    st.rerun()


jobs.next_run = _run_again
# A server compiles a page once; AppTest would compile menu.py, and the page, for every run.
local_script_runner.ScriptCache = app_test.ScriptCache = functools.cache(app_test.ScriptCache)


@functools.cache
def component_manager():
    """What a server has once. Every AppTest would look through all installed packages for components, for 50 ms."""
    manager = BidiComponentManager()
    manager.discover_and_register_components(start_file_watching=False)
    return manager


def opened(page=None, **query):
    """The app after its first run on a page below `pages` (None: the first one), which must not raise."""
    app = AppTest.from_file(str(APP), default_timeout=300)
    app._bidi_component_manager = component_manager()
    if page and page != FIRST:
        app.switch_page(f"{page}.py")
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def without_error(page, **query):
    """The same, for a page and a link that must cause no error."""
    app = opened(page, **query)
    assert not app.error
    return app


def run_without_torch(*lines):
    """Run lines of Python in a new process, in which nothing may have imported torch at the end.

    They have AppTest. A page would import torch in the background, behind its first picture; here it does not.
    """
    script = [
        "import sys",
        "from ui import networks",
        "networks.warm = lambda: None",
        "from streamlit.testing.v1 import AppTest",
        *lines,
        "assert 'torch' not in sys.modules, 'torch was imported'",
    ]
    command = [sys.executable, "-c", "\n".join(script)]
    done = subprocess.run(command, cwd=APP.parent.parent, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]


def expect_paint_before_torch(page, component, *checks):
    """A page mounts its component (a module of ui.components) once before torch is there; checks read mounted[0]."""
    run_without_torch(
        "import streamlit",
        "networks.wake = lambda first: streamlit.stop()",
        "app = AppTest.from_file('pages/menu.py', default_timeout=60).run()",
        "mounted = []",
        f"from ui.components import {component} as component",
        "component._component = lambda key, data, **on: mounted.append(data)",
        f"app.switch_page('{page}.py').run()",
        "assert not app.exception",
        "assert len(mounted) == 1",
        *checks,
    )


def new_caches():
    """Empty Streamlit caches, for `with_caches`."""
    return cache_data_api.DataCaches(), cache_resource_api.ResourceCaches()


@contextlib.contextmanager
def with_caches(caches):
    """The app with these caches. Those of the shipped checkpoints stay warm and hear of nothing meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache_data_api, "_data_caches", caches[0])
        patch.setattr(cache_resource_api, "_resource_caches", caches[1])
        yield


def address(app):
    """{parameter: text} of the app's address."""
    return {key: text if isinstance(text, str) else text[0] for key, text in app.query_params.items()}


def texts(app):
    """All paragraphs and captions of a page, as one text."""
    return " ".join(element.value for element in [*app.markdown, *app.caption])


def button(app, words):
    """The first button that has these words in its label."""
    return next(each for each in app.button if words in each.label)


def press(app, words):
    """Press that button; the page runs again, which must not raise."""
    button(app, words).click().run()
    assert not app.exception


def rendered(words):
    """What the browser shows of Markdown in which nothing but backslashes is markup: anything else fails.

    Invisible characters, which keep an address from becoming a link, are left out.
    """
    assert not re.search(r"(?<!\\)[*_`\[\]<>$~|:]", words.replace(": ", " ")), words
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", words)
    assert not re.search(r"https?://[-.\w]|www\.[-.\w]|[-.\w+]@[-\w]", shown, re.IGNORECASE), shown
    return shown.replace(JOINER, "")


def mountings(monkeypatch, module):
    """[(data, {"on_…": handler})] for each time that a page mounts the live component of a module."""
    mounted = []
    monkeypatch.setattr(module, "_component", lambda key, data, **on: mounted.append((data, on)))
    return mounted


def sent_to(module):
    """A fixture: the `mountings` of a live component."""

    @pytest.fixture
    def sent(monkeypatch):
        return mountings(monkeypatch, module)

    return sent


def last_sent_to(module):
    """A fixture: data and reports of a live component, by name, as the page gave them last."""

    @pytest.fixture
    def mounted(monkeypatch):
        given = {}
        monkeypatch.setattr(module, "_component", lambda key, data, **on: given.update(data, **on))
        return given

    return mounted


@contextlib.contextmanager
def with_checkpoints(folder, caches=None):
    """The app with the checkpoints of another folder, and caches of its own."""
    with pytest.MonkeyPatch.context() as patch, with_caches(caches or new_caches()):
        patch.setattr(checkpoints, "FOLDER", folder)
        yield folder


def download_in_vain(app, name, monkeypatch):
    """Press the button for a data set while there is no network: the page must say so in one sentence."""

    def fail(*arguments, **options):
        raise data.DataError("The network cannot be reached; try again later.")

    monkeypatch.setattr(data, "load", fail)
    press(app, f"Download {title_of(name)}")
    assert app.error[0].value == "The network cannot be reached; try again later."
