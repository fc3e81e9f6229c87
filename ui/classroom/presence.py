"""How a phone comes into a room, hears what is new, and says from time to time that it is still there."""

from __future__ import annotations

import time
from dataclasses import dataclass

import streamlit as st

from classroom import answers, rooms
from classroom.errors import ClassroomError, Unavailable
from classroom.rooms import Room
from lessons.reading import FIRST
from ui.classroom import lessons, live, outbox, sentences, visitor
from ui.classroom.connection import engine
from ui.lesson import words

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
    said, problem = words_of(code), None
    try:
        room = live.room(code)
        heard.room = rooms.newest(heard.room, room)
        revealed(code).add(heard.room.revealed)
        if time.monotonic() - heard.seconds > BEAT:
            heard.seconds = time.monotonic()
            answers.join(engine(), code, visitor.participant())
        if (failure := outbox.send(code)) is not None:
            waits = f" {said['answer_waits']}" if isinstance(failure, Unavailable) else ""
            problem = f"{sentence(code, failure)}{waits}"
    except Unavailable as error:
        problem = f"{sentence(code, error)} {said['answers_wait']}"
    return heard.room, problem


def words_of(code: str) -> dict[str, str]:
    """The few words of the room's language."""
    return words.of(_language(code))


def sentence(code: str, error: ClassroomError) -> str:
    """What a phone shows of an error, in that language."""
    return sentences.said(error, _language(code))


def _language(code):
    """The language of the room's lesson; English before this visit has heard of the room."""
    heard = st.session_state.get(HEARD, {}).get(code)
    return lessons.place(heard.room).language if heard else FIRST


def revealed(code: str) -> set[str]:
    """Keys of the questions whose answers the teacher has shown while this visit was in the room: they stay known."""
    return st.session_state.setdefault(REVEALED, {}).setdefault(code, set())


def forget(code: str) -> None:
    """The visit is not in the room any more."""
    st.session_state.get(HEARD, {}).pop(code, None)
