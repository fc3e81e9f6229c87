"""st.connection("sql"): SQLite by default, PostgreSQL by one URL, in a variable or in the secrets."""

import subprocess
import sys
from pathlib import Path

import pytest
import streamlit as st

from classroom import database, rooms
from classroom.errors import Unavailable
from tests.classroom import postgres
from ui.classroom import connection

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture(autouse=True)
def fresh(own_caches):
    """Each test has its own engine."""


def tables_are_there():
    room, _ = rooms.open_room(connection.engine(), "holes", "")
    assert rooms.state(connection.engine(), room.code) == room


def test_sqlite_is_in_the_cache_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("LATENT_LAB_DATABASE")
    monkeypatch.setattr(database.folders, "cache", lambda: tmp_path / "cache")
    tables_are_there()
    assert (tmp_path / "cache" / "classroom.sqlite").exists()
    assert connection.engine() is connection.engine()


def test_postgresql_is_configured_by_a_variable_or_by_secrets(monkeypatch):
    with postgres.running() as server:
        monkeypatch.setenv("LATENT_LAB_DATABASE", server.url)
        tables_are_there()
        assert connection.engine().dialect.name == "postgresql"
        monkeypatch.delenv("LATENT_LAB_DATABASE")
        monkeypatch.setattr(st, "secrets", {"connections": {"sql": {"url": server.url}}})
        assert connection.engine().dialect.name == "postgresql"
        connection.engine().dispose()


def test_a_database_that_returns_is_found_without_a_restart(monkeypatch, tmp_path):
    folder = tmp_path / "folder"
    folder.write_text("a file in its place")
    monkeypatch.setenv("LATENT_LAB_DATABASE", f"sqlite:///{folder}/rooms.sqlite")
    with pytest.raises(Unavailable):
        connection.engine()
    folder.unlink()
    tables_are_there()


@pytest.mark.parametrize("url", ["nonsense", "mysql://somewhere/rooms", "postgresql+nothing://somewhere/rooms"])
def test_an_invalid_database_url_is_reported_in_one_sentence(monkeypatch, url):
    monkeypatch.setenv("LATENT_LAB_DATABASE", url)
    with pytest.raises(Unavailable) as failure:
        connection.engine()
    assert "\n" not in str(failure.value)


def test_an_app_without_a_room_does_not_import_the_database():
    code = (
        "import sys, ui.shell\n"
        "from ui.classroom import doors\n"
        "assert doors.middleware()\n"
        "assert 'sqlalchemy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
