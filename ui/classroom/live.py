"""The current state of a room, read once for all visits that ask within half a second."""

from __future__ import annotations

import streamlit as st

from classroom import answers, rooms
from classroom.errors import ClassroomError
from classroom.questions import Question
from classroom.rooms import Room
from ui.classroom.connection import engine

TOLERANCE = 0.5  # seconds for which a value that was read is still current


def room(code: str) -> Room:
    """rooms.state, shared by all visits of this server."""
    return _result(_room(code))


def phones(code: str) -> int:
    """answers.phones, shared."""
    return _result(_phones(code))


def counts(code: str, question: Question) -> dict[str, int]:
    """answers.counts, shared."""
    return _result(_counts(code, question.key, question))


def forget(code: str) -> None:
    """Drop the cached state of a room that this server has just changed."""
    _room.clear(code)


_shared = st.cache_data(ttl=TOLERANCE, max_entries=1000, show_spinner=False)


@_shared
def _room(code: str) -> Room | ClassroomError:
    return _or_error(lambda: rooms.state(engine(), code))


@_shared
def _phones(code: str) -> int | ClassroomError:
    return _or_error(lambda: answers.phones(engine(), code))


@_shared
def _counts(code: str, key: str, _question: Question) -> dict[str, int] | ClassroomError:
    return _or_error(lambda: answers.counts(engine(), code, _question))


def _or_error(read):
    """Errors are cached as results, so that an unavailable database is not asked 60 times."""
    try:
        return read()
    except ClassroomError as error:
        return error


def _result(found):
    if isinstance(found, ClassroomError):
        raise found
    return found
