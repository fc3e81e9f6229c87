"""The database of rooms: its address, its engine, and transactions whose failures are one sentence.

LATENT_LAB_DATABASE names a database by its URL, `postgresql://USER:PASSWORD@HOST/NAME` (its driver is in
requirements-postgresql.txt) or `sqlite:////PATH`. Without it, SQLite in the user's cache folder.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from classroom.errors import Unavailable
from classroom.tables import metadata
from data import folders

BUSY = "The database of the rooms is busy."
PATIENCE = 3  # seconds to wait for a lock, a connection or a query
INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}  # both know "on conflict do update"
TABLES_LOCK = 0x1A7E17  # PostgreSQL's advisory lock for creating the tables
# SQLite has no queue: a writer gets in if it asks when the lock is free, so of sixty at once some would time out.
_sqlite_writers = threading.Lock()


def address() -> str:
    """URL of the database for SQLAlchemy."""
    named = os.environ.get("LATENT_LAB_DATABASE")
    return with_driver(named) if named else f"sqlite:///{folders.cache() / 'classroom.sqlite'}"


def with_driver(url: str) -> str:
    """The URL with the driver from requirements-postgresql.txt, if it names PostgreSQL without a driver."""
    scheme, colon, rest = url.partition("://")
    return f"postgresql+psycopg{colon}{rest}" if scheme in ("postgres", "postgresql") else url


def options(url: str) -> dict[str, Any]:
    """Arguments of sqlalchemy.create_engine besides the URL, so that no call waits longer than a user would."""
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError:
        raise Unavailable(
            "LATENT_LAB_DATABASE is not the URL of a database; it looks like postgresql://USER:PASSWORD@HOST/NAME."
        ) from None
    if backend not in INSERT:
        raise Unavailable(
            "Rooms are kept in SQLite or PostgreSQL, but LATENT_LAB_DATABASE names {backend}.", backend=backend
        )
    connect = (
        {"timeout": PATIENCE}
        if backend == "sqlite"
        else {
            "connect_timeout": PATIENCE,
            "options": f"-c statement_timeout={PATIENCE * 1000} -c lock_timeout={PATIENCE * 1000}",
        }
    )
    return {"connect_args": connect, "pool_timeout": PATIENCE, "pool_pre_ping": True, "max_overflow": 10}


def engine(url: str) -> Engine:
    """An engine with its tables; raises Unavailable if there is no such database. The app uses st.connection."""
    with _sentences():
        new = create_engine(url, **options(url))
    prepare(new)
    return new


def prepare(engine: Engine) -> None:
    """Set up the engine and create missing tables; may be called repeatedly, also by several processes."""
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            with _sentences():
                os.makedirs(os.path.dirname(os.path.abspath(engine.url.database)), exist_ok=True)
        if not event.contains(engine, "connect", _wal):
            event.listen(engine, "connect", _wal)
            event.listen(engine, "begin", _begin)
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(TABLES_LOCK)))
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))


def _wal(dbapi_connection, _record):
    """Allow readers beside a writer; transactions begin in _begin, not where the driver guesses."""
    dbapi_connection.isolation_level = None
    dbapi_connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection):
    """Take the lock at the start of a writing transaction: taken later, it fails without waiting."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads."""
    with _sentences(), engine.connect() as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it is stored, or nothing."""
    with _turn(engine), _sentences(), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextlib.contextmanager
def _turn(engine):
    """Let writers of this process take turns if the database has no queue of its own."""
    if engine.dialect.name != "sqlite":
        yield
        return
    if not _sqlite_writers.acquire(timeout=PATIENCE):
        raise Unavailable(BUSY)
    try:
        yield
    finally:
        _sqlite_writers.release()


def insert(connection: Connection, table: Any) -> Any:
    """An INSERT of this database that supports ON CONFLICT."""
    return INSERT[connection.dialect.name](table)


@contextlib.contextmanager
def _sentences():
    """Turn SQLAlchemy's errors into one sentence."""
    try:
        yield
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise Unavailable(sentence(error)) from error


def sentence(error: Exception) -> str:
    """One sentence for the user about a failure of the database."""
    if isinstance(error, ImportError):
        return "A driver is missing: `python -m pip install -r requirements-postgresql.txt`."
    text = str(getattr(error, "orig", None) or error).lower()
    if "full" in text or "no space" in text:
        return "The database of the rooms is full: free some space on its disk."
    if "locked" in text or "lock timeout" in text or "statement timeout" in text:
        return BUSY
    if "readonly" in text or "read-only" in text or "permission" in text:
        return "The database of the rooms cannot be written."
    return "The database of the rooms does not answer."
