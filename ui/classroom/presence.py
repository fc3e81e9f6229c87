"""How a phone enters a room, receives news, and reports from time to time that it is still there."""

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

HEARD = "classroom: last that was heard"  # {code: _Heard}, the latest news
REVEALED = "classroom: questions whose answers were shown"  # {code: keys of questions whose answers were shown}
BEAT = 30  # seconds between reports of a phone to its room


@dataclass
class _Heard:
    room: Room
    seconds: float  # time of the phone's last report to the room


def find(text: str) -> Room:
    """The room with a typed code; raises ClassroomError if there is none. Does not enter it."""
    return rooms.find(engine(), text, visitor.client(), visitor.participant())


def enter(text: str) -> Room:
    """Enter the room with a code, typed or from the address; raises ClassroomError if this visit cannot enter."""
    room = find(text)
    answers.join(engine(), room.code, visitor.participant())
    st.session_state.setdefault(HEARD, {})[room.code] = _Heard(room, time.monotonic())
    revealed(room.code).add(room.revealed)
    return room


def entered(code: str) -> bool:
    """Whether this visit is in the room."""
    return code in st.session_state.get(HEARD, {})


def news(code: str) -> tuple[Room, str | None]:
    """The current state of the room, after sending waiting answers, and a sentence if something is wrong.

    If the database is unavailable, the last known state. Raises another ClassroomError if the room is gone.
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
    """The interface words in the room's language."""
    return words.of(_language(code))


def sentence(code: str, error: ClassroomError) -> str:
    """The text of an error on a phone, in that language."""
    return sentences.said(error, _language(code))


def _language(code):
    """The language of the room's lesson; English before this visit has news of the room."""
    heard = st.session_state.get(HEARD, {}).get(code)
    return lessons.place(heard.room).language if heard else FIRST


def revealed(code: str) -> set[str]:
    """Keys of questions whose answers the teacher has shown since this visit entered the room; they stay revealed."""
    return st.session_state.setdefault(REVEALED, {}).setdefault(code, set())


def forget(code: str) -> None:
    """Leave the room in this visit."""
    st.session_state.get(HEARD, {}).pop(code, None)
