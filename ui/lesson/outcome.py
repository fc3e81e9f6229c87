"""What the check of a challenge said, kept for the visit."""

from __future__ import annotations

import streamlit as st

from lessons.challenges import Outcome

OUTCOMES = "lesson: outcomes"  # {(name of the lesson, number of the step from 0): Outcome} in the session state
BEST = "lesson: reached outcomes"  # the same of those that were reached: what was reached once, remains


def checked(lesson: str, step: int, outcome: Outcome) -> None:
    """Keep what a check said, until the challenge is checked again."""
    st.session_state.setdefault(OUTCOMES, {})[lesson, step] = outcome
    if outcome.reached:
        st.session_state.setdefault(BEST, {})[lesson, step] = outcome


def outcome(lesson: str, step: int) -> Outcome | None:
    """What the last check in this visit said; None before."""
    return st.session_state.get(OUTCOMES, {}).get((lesson, step))


def best(lesson: str, step: int) -> Outcome | None:
    """The last outcome of this visit that was reached, else what the last check said; None before."""
    return st.session_state.get(BEST, {}).get((lesson, step)) or outcome(lesson, step)
