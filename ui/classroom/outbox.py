"""Answers waiting to be sent: kept in the visit while the database is unavailable, and sent when it is back."""

from __future__ import annotations

import streamlit as st

from classroom import answers
from classroom.errors import ClassroomError, Unavailable
from classroom.questions import Question
from ui.classroom import live, visitor
from ui.classroom.connection import engine

WAITING = "classroom: answers to be sent"  # {(code, key of the question): (question, answer)} in the session state
OWN = "classroom: own answers"  # {code: {key of the question: answer as stored}}
REFUSED = "classroom: why an answer was not counted"  # {code: ClassroomError}


def answer(code: str, question: Question, given: object) -> None:
    """Send an answer, or keep it if that fails temporarily. For callbacks."""
    st.session_state.setdefault(WAITING, {})[code, question.key] = question, given
    send(code)


def send(code: str) -> ClassroomError | None:
    """Send waiting answers; returns Unavailable if some still wait, another error if an answer was refused."""
    waiting = st.session_state.get(WAITING, {})
    for place in [place for place in waiting if place[0] == code]:
        question, given = waiting[place]
        try:
            answers.give(engine(), code, visitor.participant(), question, given)
        except Unavailable as error:
            return error
        except ClassroomError as error:
            del waiting[place]
            st.session_state.setdefault(REFUSED, {})[code] = error
            continue
        del waiting[place]
        st.session_state.setdefault(REFUSED, {}).pop(code, None)
        st.session_state.setdefault(OWN, {}).setdefault(code, {})[question.key] = question.stored(given)
        live.forget(code)
    return st.session_state.get(REFUSED, {}).get(code)


def own(code: str, question: Question) -> str | None:
    """This participant's answer as stored, including one that waits; None if there is none. Raises ClassroomError.

    A stored answer that became invalid because the lesson's file was changed does not count.
    """
    kept = st.session_state.setdefault(OWN, {})
    if code not in kept:
        kept[code] = answers.own(engine(), code, visitor.participant())
    waiting = st.session_state.get(WAITING, {})
    stored = kept[code].get(question.key)
    if (code, question.key) in waiting:
        asked, given = waiting[code, question.key]
        stored = asked.stored(given)
    return stored if stored is not None and question.admits(stored) else None
