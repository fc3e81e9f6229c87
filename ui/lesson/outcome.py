"""The outcomes of checked challenges, kept for the visit."""

from __future__ import annotations

import streamlit as st

from lessons.challenges import Outcome

OUTCOMES = "lesson: outcomes"  # {(name of the lesson, number of the step from 0): Outcome} in the session state
BEST = "lesson: reached outcomes"  # the same for reached outcomes, which later checks do not undo


def checked(lesson: str, step: int, outcome: Outcome) -> None:
    """Keep the outcome of a check until the challenge is checked again."""
    st.session_state.setdefault(OUTCOMES, {})[lesson, step] = outcome
    if outcome.reached:
        st.session_state.setdefault(BEST, {})[lesson, step] = outcome


def outcome(lesson: str, step: int) -> Outcome | None:
    """The outcome of the last check in this visit; None if there was none."""
    return st.session_state.get(OUTCOMES, {}).get((lesson, step))


def best(lesson: str, step: int) -> Outcome | None:
    """The last reached outcome in this visit, else that of the last check; None if there was none."""
    return st.session_state.get(BEST, {}).get((lesson, step)) or outcome(lesson, step)
