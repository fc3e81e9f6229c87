"""How a phone comes into a room, hears what is new, and says from time to time that it is still there."""

from __future__ import annotations

import time
from dataclasses import dataclass

import streamlit as st

from classroom import answers, rooms
from classroom.errors import Unavailable
from classroom.rooms import Room
from ui.classroom import live, outbox, visitor
from ui.classroom.connection import engine

HEARD = "classroom: last that was heard"  # {code: _Heard}
REVEALED = "classroom: questions whose answers were shown"  # {code: keys of questions}
BEAT = 30  # seconds after which a room hears of a phone again


@dataclass
class _Heard:
    room: Room
    seconds: float  # when the room heard of this phone


def find(text: str) -> Room:
    """The room with a code that was typed; ClassroomError where there is none. Nobody comes in by it."""
    return rooms.find(engine(), text, visitor.client(), visitor.participant())


def enter(text: str) -> Room:
    """The room with a code that was typed or stands in the address; ClassroomError where this visit cannot go in."""
    room = find(text)
    answers.join(engine(), room.code, visitor.participant())
    st.session_state.setdefault(HEARD, {})[room.code] = _Heard(room, time.monotonic())
    revealed(room.code).add(room.revealed)
    return room


def entered(code: str) -> bool:
    """Whether this visit is in the room."""
    return code in st.session_state.get(HEARD, {})


def news(code: str) -> tuple[Room, str | None]:
    """What the room is now, after answers that waited have been sent, and one sentence where something is wrong.

    While the database is away, what was heard last: the lesson goes on. Another ClassroomError where the room is gone.
    """
    heard: _Heard = st.session_state[HEARD][code]
    try:
        room = live.room(code)
        heard.room = rooms.newest(heard.room, room)
        revealed(code).add(heard.room.revealed)
        if time.monotonic() - heard.seconds > BEAT:
            heard.seconds = time.monotonic()
            answers.join(engine(), code, visitor.participant())
        problem = outbox.send(code)
    except Unavailable as error:
        problem = f"{error} The lesson goes on; answers are kept and sent later."
    return heard.room, problem


def revealed(code: str) -> set[str]:
    """Keys of the questions whose answers the teacher has shown while this visit was in the room: they stay known."""
    return st.session_state.setdefault(REVEALED, {}).setdefault(code, set())


def forget(code: str) -> None:
    """The visit is not in the room any more."""
    st.session_state.get(HEARD, {}).pop(code, None)
