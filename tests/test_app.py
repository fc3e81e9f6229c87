"""Every page through app.py: it opens, reports bad links, and damaged weights stop only what needs them."""

import itertools
import shutil
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner.exec_code import modified_sys_path

import app
import checkpoints
from pages.contents import HIDDEN, SECTIONS
from tests import slow
from tests.apptest import opened, with_checkpoints

ROOT = Path(__file__).parent.parent
PAGES = sorted(str(file.relative_to(ROOT / "pages").with_suffix("")) for file in (ROOT / "pages").rglob("*/*.py"))
WITH_MODELS = [page for page in PAGES if "gallery.select(" in (ROOT / "pages" / f"{page}.py").read_text()]

ABSENT = ("no_such_model", "../app", "<b>x</b>", "%00")


def test_every_page_is_in_the_table_of_contents():
    listed = [file.removesuffix(".py") for pages in (*SECTIONS.values(), HIDDEN) for file, _, _ in pages]
    assert sorted(listed) == PAGES
    assert len(SECTIONS) <= 10


def test_the_table_of_pages_in_the_documentation_matches_the_menu():
    lines = (ROOT / "docs" / "pages.md").read_text().splitlines()
    table = [line.split("|")[1].strip() for line in lines if line.startswith("|")][2:]  # without its head
    menu = [
        text for section, pages in SECTIONS.items() for text in (f"**{section}**", *(title for _, title, _ in pages))
    ]
    assert table[: len(menu)] == menu


def test_running_a_page_does_not_change_the_import_path():
    """Another thread may be importing, and would miss an entry of a list that changes meanwhile."""
    before = [*sys.path]
    with modified_sys_path(str(app.app._resolve_script_path())):
        assert sys.path == before
    assert sys.path == before


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_and_the_browser_tab_has_its_name(page, monkeypatch):
    tabs = []
    monkeypatch.setattr(st, "set_page_config", lambda page_title, **_: tabs.append(page_title))
    app = opened(page)
    assert not app.exception
    assert not app.error
    name, product = tabs[-1].split(" · ")
    heading = app.title[0].value
    assert set(name.split()) <= set(heading.split()) or (name, heading) == ("Home", product)  # perhaps shorter
    assert product == "Latent Lab"


@pytest.mark.parametrize(
    ("page", "model"),
    slow.all_but(zip(WITH_MODELS, itertools.cycle(ABSENT)), itertools.product(WITH_MODELS, ABSENT)),
)
def test_a_link_to_a_missing_model_is_reported_in_one_sentence(page, model):
    assert any("not here" in warning.value for warning in opened(page, model=model).warning)


@pytest.fixture
def damaged(tmp_path):
    """The app with two of the shipped checkpoints, of which one has one changed byte in its weights."""
    for name in ("fashion_vae", "fashion_vae_long"):
        for file in checkpoints.FOLDER.glob(f"{name}.*"):
            shutil.copy(file, tmp_path)
    file = tmp_path / "fashion_vae.safetensors"
    raw = bytearray(file.read_bytes())
    raw[-100] ^= 1
    file.write_bytes(raw)
    with with_checkpoints(tmp_path):
        yield


def test_changed_weights_are_reported_and_other_models_work(damaged):
    from ui.url import pack

    code = pack([0.5] * 20)
    app = opened("explore/latent_space", model="fashion_vae", z=code)
    assert not app.exception
    assert any("sha256 differs" in error.value for error in app.error)
    app = opened("explore/latent_space", model="fashion_vae_long", z=code)
    assert not app.exception
    assert not app.error
