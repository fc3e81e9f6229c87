"""A single visitor's answers and outcomes, kept in the tab for a server that has forgotten the visit."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

import lessons
from lessons import LessonError, Step
from lessons.challenges import CHALLENGES, Outcome
from lessons.sentences import said
from ui.components.kept import kept
from ui.lesson.answers import ANSWERS, answered
from ui.lesson.outcome import BEST, OUTCOMES, checked


def keep() -> None:
    """Mount it on pages with a lesson."""
    answers = [[*place, answer] for place, answer in st.session_state.get(ANSWERS, {}).items()]
    outcomes = [[*place, said.numbers, dict(said.query)] for place, said in _outcomes().items()]
    raw = json.dumps({"answers": answers, "outcomes": outcomes}).encode() if answers or outcomes else None
    kept("lesson", raw, on_back=_take_again)


def _outcomes():
    """The outcomes of the last checks; for challenges that were reached once, a reached outcome."""
    return st.session_state.get(OUTCOMES, {}) | st.session_state.get(BEST, {})


def _take_again(raw):
    try:
        said = json.loads(raw)
        answers = [(*_step(lesson, number), answer) for lesson, number, answer in said["answers"]]
        outcomes = [(*_step(lesson, number), *rest) for lesson, number, *rest in said["outcomes"]]
    except (ValueError, TypeError, KeyError, LessonError):
        return  # not what was kept, or for a lesson that no longer exists
    for lesson, number, step, answer in answers:
        if step.prediction is not None and step.prediction.admits(answer):
            answered(lesson, number, answer)
    for lesson, number, step, *rest in outcomes:
        if (outcome := _outcome(step, *rest)) is not None:
            checked(lesson, number, outcome)


def _step(lesson: Any, number: Any) -> tuple[str, int, Step]:
    """Raises LessonError, TypeError or ValueError for a step that does not exist."""
    steps = lessons.read(lesson).steps
    if type(number) is not int or not 0 <= number < len(steps):
        raise ValueError
    return lesson, number, steps[number]


def _outcome(step: Step, numbers: Any = None, query: Any = None) -> Outcome | None:
    """The outcome with these numbers; None if they are not numbers of this challenge."""
    if step.challenge is None or not isinstance(numbers, dict) or not isinstance(query, dict):
        return None
    try:
        reached, sentences = CHALLENGES[step.challenge.check].outcome(numbers)
        said(sentences, "en")  # fails if a value is not a number
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    return Outcome(reached, sentences, numbers, query)
