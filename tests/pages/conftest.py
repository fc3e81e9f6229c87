"""The app with other checkpoints: made once for each worker, with caches that stay warm between their tests."""

import threading
from types import SimpleNamespace

import pytest
import streamlit as st

from tests.apptest import new_caches, with_checkpoints
from ui import networks


@pytest.fixture(scope="session")
def toy_folder(tmp_path_factory):
    """A folder of small generators with random weights beside some shipped models, and caches for it."""
    from tests.toy_gan import fill

    return fill(tmp_path_factory.mktemp("toys") / "checkpoints"), new_caches()


@pytest.fixture
def toy_gans(toy_folder):
    """The app with these checkpoints; returns their folder, which no test changes."""
    with with_checkpoints(*toy_folder) as folder:
        yield folder


@pytest.fixture(scope="session")
def flow_folder(tmp_path_factory):
    """A folder of a small flow with random weights beside some shipped models, and caches for it."""
    from tests.toy_flow import fill

    return fill(tmp_path_factory.mktemp("flows") / "checkpoints"), new_caches()


@pytest.fixture
def small_flow(flow_folder):
    """The app with these checkpoints; returns their folder, which no test changes."""
    with with_checkpoints(*flow_folder) as folder:
        yield folder


@pytest.fixture(scope="session")
def sprites_folder(tmp_path_factory):
    """A folder of three VAEs of dSprites after four steps, and caches for it."""
    from tests.sprites import fill

    return fill(tmp_path_factory.mktemp("sprites") / "checkpoints"), new_caches()


@pytest.fixture
def trained_sprites(sprites_folder):
    """The app with these checkpoints; returns their folder, which no test changes."""
    with with_checkpoints(*sprites_folder) as folder:
        yield folder


@pytest.fixture
def offered(monkeypatch):
    """Names and contents (bytes, or functions that return them) of all downloads that a page offers."""
    contents, button = {}, st.download_button

    def noted(label, data, file_name=None, *arguments, **options):
        contents[file_name] = data
        return button(label, data, file_name, *arguments, **options)

    monkeypatch.setattr(st, "download_button", noted)
    return contents


@pytest.fixture(scope="session")
def classifiers_folder(tmp_path_factory):
    """A folder of small classifiers with random weights, and caches for it."""
    from tests.toy_classifiers import fill

    return fill(tmp_path_factory.mktemp("classifiers") / "checkpoints"), new_caches()


@pytest.fixture
def toy_classifiers(classifiers_folder):
    """The app with these checkpoints; returns their folder, which no test changes."""
    with with_checkpoints(*classifiers_folder) as folder:
        yield folder


@pytest.fixture
def torch_to_come(monkeypatch):
    """A process in which torch is there only when a page has waited for it."""
    imported = threading.Event()
    monkeypatch.setattr(networks, "_imported", imported)
    monkeypatch.setattr(networks, "warm", lambda: SimpleNamespace(join=imported.set))
