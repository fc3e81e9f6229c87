"""Rate limits: counted in the database, so that several servers count together."""

from __future__ import annotations

from sqlalchemy import Connection, select

from classroom import clock
from classroom.database import insert
from classroom.tables import limits

CODES = 300  # seconds of a window for wrong codes
WRONG_OF_ONE = 40  # high, since a whole class may share its school's address
WRONG_OF_ALL = 400


def used(connection: Connection, key: str, seconds: int) -> int:
    """The number of `count` calls for the key in the current window of this many seconds."""
    found = connection.execute(
        select(limits.c.count).where(limits.c.key == key, limits.c.window == _window(seconds))
    ).scalar()
    return found or 0


def count(connection: Connection, key: str, seconds: int) -> int:
    """Count one more, and return the number in the current window. Past windows are deleted."""
    now, window = clock.now(), _window(seconds)
    connection.execute(limits.delete().where(limits.c.ends < now))
    row = insert(connection, limits).values(key=key, window=window, count=1, ends=window + seconds)
    return connection.execute(
        row.on_conflict_do_update(
            index_elements=[limits.c.key, limits.c.window], set_={"count": limits.c.count + 1}
        ).returning(limits.c.count)
    ).scalar_one()


def guessing(connection: Connection, client: str) -> bool:
    """Whether a client tries codes by brute force.

    If all clients together have tried too many, only clients without a wrong code may continue: a class that types the
    right code can enter while somebody else is guessing from many addresses.
    """
    own = used(connection, f"code {client}", CODES)
    return own >= WRONG_OF_ONE or (own > 0 and used(connection, "code", CODES) >= WRONG_OF_ALL)


def wrong_code(connection: Connection, client: str) -> None:
    """Count a code without a room."""
    count(connection, f"code {client}", CODES)
    count(connection, "code", CODES)


def _window(seconds):
    return clock.now() // seconds * seconds
