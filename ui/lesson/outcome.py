"""What the check of a challenge said, kept for the visit."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

OUTCOMES = "lesson: outcomes"  # {(name of the lesson, number of the step from 0): Outcome} in the session state


@dataclass(frozen=True)
class Outcome:
    """words: one or two sentences with what was measured."""

    reached: bool
    words: str


def checked(lesson: str, step: int, outcome: Outcome) -> None:
    """Keep what a check said, until the challenge is checked again."""
    st.session_state.setdefault(OUTCOMES, {})[lesson, step] = outcome


def outcome(lesson: str, step: int) -> Outcome | None:
    """What the last check in this visit said; None before."""
    return st.session_state.get(OUTCOMES, {}).get((lesson, step))
