"""The app with other checkpoints, made once for each worker, with caches that are kept between tests."""

import functools
import importlib
import threading
from types import SimpleNamespace

import pytest
import streamlit as st

from tests.apptest import new_caches, with_checkpoints
from ui import networks


@pytest.fixture(scope="session")
def folders(tmp_path_factory):
    """folders(name): a folder that tests/NAME.py has filled with checkpoints, and caches for it."""

    @functools.cache
    def filled(name):
        fill = importlib.import_module(f"tests.{name}").fill
        return fill(tmp_path_factory.mktemp(name) / "checkpoints"), new_caches()

    return filled


def app_with(name):
    """A fixture: the app with the checkpoints of tests/NAME.py; returns their folder, which no test changes."""

    @pytest.fixture
    def app(folders):
        with with_checkpoints(*folders(name)) as folder:
            yield folder

    return app


toy_gans = app_with("toy_gan")
small_flow = app_with("toy_flow")
trained_sprites = app_with("sprites")
toy_classifiers = app_with("toy_classifiers")


@pytest.fixture
def downloads(monkeypatch):
    """Names and contents (bytes, or functions that return them) of all downloads that a page offers."""
    contents, button = {}, st.download_button

    def noted(label, data, file_name=None, *arguments, **options):
        contents[file_name] = data
        return button(label, data, file_name, *arguments, **options)

    monkeypatch.setattr(st, "download_button", noted)
    return contents


@pytest.fixture
def torch_to_come(monkeypatch):
    """A process in which torch is there only when a page has waited for it."""
    imported = threading.Event()
    monkeypatch.setattr(networks, "_imported", imported)
    monkeypatch.setattr(networks, "warm", lambda: SimpleNamespace(join=imported.set))
