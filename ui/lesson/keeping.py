"""Answers and outcomes of somebody alone, kept in the tab for a server that has forgotten the visit."""

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
    """Mount it where a lesson runs."""
    answers = [[*place, answer] for place, answer in st.session_state.get(ANSWERS, {}).items()]
    outcomes = [[*place, said.numbers, dict(said.query)] for place, said in _outcomes().items()]
    raw = json.dumps({"answers": answers, "outcomes": outcomes}).encode() if answers or outcomes else None
    kept("lesson", raw, on_back=_take_again)


def _outcomes():
    """What the last checks said, but of each challenge that was reached once that it was."""
    return st.session_state.get(OUTCOMES, {}) | st.session_state.get(BEST, {})


def _take_again(raw):
    try:
        said = json.loads(raw)
        answers = [(*_step(lesson, number), answer) for lesson, number, answer in said["answers"]]
        outcomes = [(*_step(lesson, number), *rest) for lesson, number, *rest in said["outcomes"]]
    except (ValueError, TypeError, KeyError, LessonError):
        return  # not what was kept, or of a lesson that is not there any more
    for lesson, number, step, answer in answers:
        if step.prediction is not None and step.prediction.admits(answer):
            answered(lesson, number, answer)
    for lesson, number, step, *rest in outcomes:
        if (outcome := _outcome(step, *rest)) is not None:
            checked(lesson, number, outcome)


def _step(lesson: Any, number: Any) -> tuple[str, int, Step]:
    """Raises LessonError, TypeError or ValueError for a step that there is not."""
    steps = lessons.read(lesson).steps
    if type(number) is not int or not 0 <= number < len(steps):
        raise ValueError
    return lesson, number, steps[number]


def _outcome(step: Step, numbers: Any = None, query: Any = None) -> Outcome | None:
    """What its numbers say; None where they are no numbers of this challenge."""
    if step.challenge is None or not isinstance(numbers, dict) or not isinstance(query, dict):
        return None
    try:
        reached, sentences = CHALLENGES[step.challenge.check].outcome(numbers)
        said(sentences, "en")  # fails where something else stands in the place of a number
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    return Outcome(reached, sentences, numbers, query)
