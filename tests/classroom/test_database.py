"""A full, locked or unavailable database gives one sentence, and stored data are kept."""

import sqlite3

import pytest

from classroom import answers, codes, database, rooms
from classroom.errors import Unavailable
from classroom.questions import Question
from tests.classroom import postgres

BLUR = Question("holes/blur", {"more": "More", "less": "Less"})
PHONE, OTHER = "1" * 22, "2" * 22


@pytest.fixture
def short(monkeypatch):
    """Locks are waited for only briefly."""
    monkeypatch.setattr(database, "PATIENCE", 0.2)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "rooms.sqlite"


@pytest.fixture
def engine(file, short):
    engine = database.engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture
def code(engine):
    room, _ = rooms.open_room(engine, "holes", "")
    answers.give(engine, room.code, PHONE, BLUR, "more")
    return room.code


def test_a_locked_database_is_reported(engine, file, code):
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="busy"):
            answers.give(engine, code, OTHER, BLUR, "less")
        assert rooms.state(engine, code).answered == 1  # reading still works
        other.execute("ROLLBACK")
    answers.give(engine, code, OTHER, BLUR, "less")
    assert answers.counts(engine, code, BLUR) == {"more": 1, "less": 1}


def test_a_full_database_is_reported(engine, code):
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.rollback()

    def fill():
        for number in range(1000):
            answers.give(engine, code, f"{number:022d}", BLUR, "less")

    with pytest.raises(Unavailable, match="full"):
        fill()
    stored = answers.counts(engine, code, BLUR)
    assert stored["more"] == 1
    assert rooms.state(engine, code).answered == sum(stored.values())  # an answer was stored completely or not at all


def test_a_file_that_is_not_a_database_is_reported(tmp_path):
    file = tmp_path / "rooms.sqlite"
    file.write_text("not a database" * 100)
    with pytest.raises(Unavailable):
        database.engine(f"sqlite:///{file}")


def test_a_folder_that_cannot_be_created_is_reported(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable):
        database.engine(f"sqlite:///{tmp_path}/file/rooms.sqlite")


@pytest.mark.parametrize("url", ["nonsense", "mysql://somewhere/rooms", "postgresql+nothing://somewhere/rooms"])
def test_an_invalid_database_url_is_named(url):
    with pytest.raises(Unavailable) as failure:
        database.engine(url)
    assert "\n" not in str(failure.value)


def test_the_address(monkeypatch, tmp_path):
    monkeypatch.delenv("LATENT_LAB_DATABASE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert database.address() == f"sqlite:///{tmp_path}/latent-lab/classroom.sqlite"
    monkeypatch.setenv("LATENT_LAB_DATABASE", "postgres://teacher@school/rooms")
    assert database.address() == "postgresql+psycopg://teacher@school/rooms"
    monkeypatch.setenv("LATENT_LAB_DATABASE", "postgresql+psycopg2://teacher@school/rooms")
    assert database.address() == "postgresql+psycopg2://teacher@school/rooms"


def test_postgresql_works_again_after_a_restart():
    with postgres.running() as server:
        engine = database.engine(database.with_driver(server.url))
        room, secret = rooms.open_room(engine, "holes", "")
        answers.give(engine, room.code, PHONE, BLUR, "more")
        server.stop()
        for call in (
            lambda: rooms.state(engine, room.code),
            lambda: answers.give(engine, room.code, OTHER, BLUR, "less"),
            lambda: database.engine(database.with_driver(server.url)),
        ):
            with pytest.raises(Unavailable, match="does not answer"):
                call()
        server.start()
        assert rooms.is_teacher(engine, room.code, secret)
        answers.give(engine, room.code, OTHER, BLUR, "less")
        assert answers.counts(engine, room.code, BLUR) == {"more": 1, "less": 1}
        engine.dispose()


def test_codes_have_no_ambiguous_characters():
    drawn = {codes.new_code() for _ in range(300)}
    assert len(drawn) > 290
    assert all(codes.typed(code) == code for code in drawn)
    assert not set("AEIOU0125BGLNSVYZ68Q") & set("".join(drawn))


@pytest.mark.parametrize("text", ["", "CCCCC", "CCCCCCC", "CCCCC0", "CCCCC\u00df", "٣٤٧٩٣٤", "x" * 10_000])
def test_invalid_codes_are_refused(text):
    assert codes.typed(text) == ""


def test_secrets_have_a_fixed_format():
    assert all(codes.is_secret(codes.new_secret()) for _ in range(100))
    assert not any(codes.is_secret(text) for text in ("", "a" * 21, "a" * 23, "a" * 21 + "ä", "a" * 21 + " "))
