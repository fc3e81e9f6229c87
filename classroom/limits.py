"""How often something may happen: counted in the database, so that several servers count together."""

from __future__ import annotations

from sqlalchemy import Connection, select

from classroom import clock
from classroom.database import insert
from classroom.tables import limits

CODES = 300  # seconds in which wrong codes are counted
WRONG_OF_ONE = 40  # a whole class may share the address of its school
WRONG_OF_ALL = 400


def used(connection: Connection, key: str, seconds: int) -> int:
    """How often `count` was called for the key in the present window of so many seconds."""
    found = connection.execute(
        select(limits.c.count).where(limits.c.key == key, limits.c.window == _window(seconds))
    ).scalar()
    return found or 0


def count(connection: Connection, key: str, seconds: int) -> int:
    """Count once more, and give the number in the present window. Windows that are over are forgotten."""
    now, window = clock.now(), _window(seconds)
    connection.execute(limits.delete().where(limits.c.ends < now))
    row = insert(connection, limits).values(key=key, window=window, count=1, ends=window + seconds)
    return connection.execute(
        row.on_conflict_do_update(
            index_elements=[limits.c.key, limits.c.window], set_={"count": limits.c.count + 1}
        ).returning(limits.c.count)
    ).scalar_one()


def guessing(connection: Connection, client: str) -> bool:
    """Whether a client tries codes by force.

    When all together have tried too many, only who has not tried a wrong one yet goes on: a class that types the right
    code is let in while somebody else is guessing from many addresses.
    """
    own = used(connection, f"code {client}", CODES)
    return own >= WRONG_OF_ONE or (own > 0 and used(connection, "code", CODES) >= WRONG_OF_ALL)


def wrong_code(connection: Connection, client: str) -> None:
    """Count a code that no room has."""
    count(connection, f"code {client}", CODES)
    count(connection, "code", CODES)


def _window(seconds):
    return clock.now() // seconds * seconds
