"""The life of a room: opened, found by its code, steered by its teacher, deleted, ended by time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import IntegrityError

from classroom import clock, codes, limits
from classroom.clock import HOUR, KEPT, LIFE
from classroom.database import reading, writing
from classroom.errors import NoRoom, NotTheTeacher, RoomOver, TooLong, TooMany
from classroom.tables import LONGEST_VIEW, answers, participants, rooms

OPENED_BY_ONE = 20  # rooms per hour from one address
OVER = "This room has ended: a room closes automatically six hours after it was opened."


@dataclass(frozen=True)
class Room:
    """The public state of a room.

    step: counted from 0. view: page and query that the class follows, "" for none. revealed: key of the question whose
    answers are shown, "" for none. version grows with every change by the teacher, answered with every answer.
    """

    code: str
    lesson: str
    step: int
    view: str
    revealed: str
    version: int
    answered: int
    expires: int

    @property
    def over(self) -> bool:
        return clock.now() >= self.expires


def newest(*seen: Room) -> Room:
    """The latest of several states of one room: caches and several servers may return an older one."""
    return max(seen, key=lambda room: (room.version, room.answered))


_PUBLIC = [rooms.c[name] for name in Room.__dataclass_fields__]


def open_room(engine: Engine, lesson: str, client: str, step: int = 0) -> tuple[Room, str]:
    """A new room for a lesson, and its secret, of which only a hash is stored.

    client: address from which it is opened. Raises TooMany if one address opens too many rooms.
    """
    now, secret = clock.now(), codes.new_secret()
    with writing(engine) as connection:
        _forget(connection, now - KEPT)
        if limits.count(connection, f"open {client}", HOUR) > OPENED_BY_ONE:
            raise TooMany(
                "{count} rooms were opened from here within an hour: wait a little, or reuse one.", count=OPENED_BY_ONE
            )
        row: dict[str, Any] = {"lesson": lesson, "step": step, "view": "", "revealed": "", "version": 1, "answered": 0}
        row |= {"secret": codes.hashed(secret), "created": now, "expires": now + LIFE}
        for _ in range(20):  # drawn again if the code is taken
            code = codes.new_code()
            try:
                with connection.begin_nested():
                    connection.execute(rooms.insert().values(code=code, **row))
                return present(connection, code), secret
            except IntegrityError:
                continue
    raise TooMany("There are too many rooms at the moment: try again in an hour.")


def find(engine: Engine, code: str, client: str, participant: str) -> Room:
    """The room with a typed code.

    client: address from which the code came. Raises NoRoom if there is none, RoomOver if it has ended, TooMany if too
    many wrong codes came from the client, unless the participant is already in the room.
    """
    code = codes.typed(code)
    with reading(engine) as connection:
        if limits.guessing(connection, client) and not _inside(connection, code, participant):
            raise TooMany("Too many wrong codes came from here: wait five minutes, then type the code on the screen.")
        found = _row(connection, code)
    if found is None:
        with writing(engine) as connection:
            limits.wrong_code(connection, client)
        raise NoRoom("No room has this code: check it against the six letters and digits on the teacher's screen.")
    return _open(found)


def state(engine: Engine, code: str) -> Room:
    """The current state of a room: one row by its key, since all visits repeat this read. Raises NoRoom, RoomOver."""
    with reading(engine) as connection:
        return present(connection, code)


def is_teacher(engine: Engine, code: str, secret: str) -> bool:
    """Whether this is the secret of the room, which may have ended."""
    with reading(engine) as connection:
        return _is_teacher(connection, code, secret)


def steer(
    engine: Engine,
    code: str,
    secret: str,
    *,
    step: int | None = None,
    view: str | None = None,
    revealed: str | None = None,
) -> Room:
    """Change the given values; of two teachers the last one wins. Raises NotTheTeacher without the secret.

    A new step hides the answers again and ends the view that the class follows. Raises TooLong if the address of a view
    does not fit into the database.
    """
    if view is not None and len(view) > LONGEST_VIEW:
        raise TooLong("The address of this view is too long to be sent to the class.")
    changes: dict[str, Any] = {"version": rooms.c.version + 1}
    if step is not None:
        changes |= {"step": step, "view": "", "revealed": ""}
    if view is not None:
        changes["view"] = view
    if revealed is not None:
        changes["revealed"] = revealed
    with writing(engine) as connection:
        check(connection, code, secret)
        present(connection, code)
        connection.execute(update(rooms).where(rooms.c.code == code).values(changes))
        return present(connection, code)


def delete(engine: Engine, code: str, secret: str) -> None:
    """Delete the room and all answers in it. Raises NotTheTeacher without the secret."""
    with writing(engine) as connection:
        check(connection, code, secret)
        _delete(connection, [code])


def check(connection: Connection, code: str, secret: str) -> None:
    """Raises NotTheTeacher unless this is the secret of the room."""
    if not _is_teacher(connection, code, secret):
        raise NotTheTeacher("Only the teacher's own link steers this room.")


def present(connection: Connection, code: str) -> Room:
    """The room, within a transaction. Raises NoRoom, RoomOver."""
    room = _row(connection, code)
    if room is None:
        raise NoRoom("This room no longer exists: its teacher has deleted it.")
    return _open(room)


def _row(connection, code):
    row = connection.execute(select(*_PUBLIC).where(rooms.c.code == code)).one_or_none()
    return None if row is None else Room(*row)


def _inside(connection, code, participant):
    this = (participants.c.room == code) & (participants.c.participant == participant)
    return connection.execute(select(participants.c.joined).where(this)).scalar() is not None


def _open(room):
    if room.over:
        raise RoomOver(OVER)
    return room


def _is_teacher(connection, code, secret):
    stored = connection.execute(select(rooms.c.secret).where(rooms.c.code == code)).scalar()
    return stored is not None and codes.same(secret, stored)


def _forget(connection, before):
    """Delete rooms that ended before this time."""
    _delete(connection, connection.execute(select(rooms.c.code).where(rooms.c.expires < before)).scalars().all())


def _delete(connection, deleted):
    connection.execute(answers.delete().where(answers.c.room.in_(deleted)))
    connection.execute(participants.delete().where(participants.c.room.in_(deleted)))
    connection.execute(rooms.delete().where(rooms.c.code.in_(deleted)))
