"""The app as AppTest runs it, without a browser: a page and what its link asks for."""

import functools
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

import data

APP = Path(__file__).parent.parent / "pages" / "menu.py"


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
    if page:
        app.switch_page(f"{page}.py")
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def without_error(page, **query):
    """The same for a page and a link at which nothing may be wrong."""
    app = opened(page, **query)
    assert not app.error
    return app


@pytest.fixture
def no_sets(tmp_path, monkeypatch):
    """A fresh laptop: nothing in the data root, whose folder it gives."""
    monkeypatch.setenv("LATENT_LAB_DATA", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


def download_in_vain(app, name, monkeypatch):
    """Press the button for a data set while there is no network: the page must say so in one sentence."""

    def fail(*arguments, **options):
        raise data.DataError("The network cannot be reached; try again later.")

    monkeypatch.setattr(data, "load", fail)
    next(button for button in app.button if button.label == f"Download {name}").click().run()
    assert not app.exception
    assert app.error[0].value == "The network cannot be reached; try again later."
