"""A visitor's predictions, kept for the visit."""

from __future__ import annotations

import streamlit as st

from lessons.model import Answer

ANSWERS = "lesson: answers"  # {(name of the lesson, number of the step from 0): answer} in the session state


def answered(lesson: str, step: int, answer: Answer) -> None:
    """Keep an answer that has been checked: the number of a choice from 0, a number, or a point [x, y].

    Only the first one counts, since the explanation follows it.
    """
    st.session_state.setdefault(ANSWERS, {}).setdefault((lesson, step), answer)


def given(lesson: str, step: int) -> Answer | None:
    """The answer in this visit; None if there is none."""
    return st.session_state.get(ANSWERS, {}).get((lesson, step))
