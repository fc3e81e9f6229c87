"""Rooms in SQLite and in PostgreSQL, and a clock that tests control."""

import pytest
from sqlalchemy import text

from classroom import clock, database
from classroom.tables import metadata
from tests.classroom import postgres


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL server of this worker."""
    with postgres.running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The URL of a database without rooms."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/rooms.sqlite"
        return
    url = database.with_driver(request.getfixturevalue("postgresql").url)
    yield url
    engine = database.engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE " + ", ".join(metadata.tables)))
    engine.dispose()


@pytest.fixture
def engine(url):
    engine = database.engine(url)
    yield engine
    engine.dispose()


class Clock:
    def __init__(self):
        self.seconds = 1_800_000_000

    def forward(self, seconds):
        self.seconds += seconds


@pytest.fixture
def time(monkeypatch):
    """A clock that moves only when a test calls time.forward(seconds)."""
    watch = Clock()
    monkeypatch.setattr(clock, "now", lambda: watch.seconds)
    return watch
