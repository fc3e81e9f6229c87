"""The contents of a report as JSON values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from lessons.challenges import Outcome
from lessons.figures import localised, metrics
from lessons.model import Lesson, Prediction, Step
from lessons.reading import FIRST, FOLDER
from lessons.source import Source

VERSION = 1  # of this format


def of(
    lesson: Lesson,
    *,
    day: str,
    address: str,
    answers: Mapping[int, Any],
    outcomes: Mapping[int, Outcome],
    hidden: Collection[int] = (),
) -> dict[str, Any]:
    """The facts of a report.

    day: as 2026-11-30. address: of the app, "" if unknown. answers, outcomes: by number of the step, from 0, without
    unanswered questions and untried challenges. hidden: steps whose explanation must not be shown yet.
    """
    quoted = _quoted(lesson)
    steps = []
    for place, step in enumerate(lesson.steps):
        entry: dict[str, Any] = {"step": place + 1, "text": step.text, "view": step.link}
        explained = True
        if step.prediction is not None:
            entry["question"] = _question(step.prediction, answers.get(place), place not in hidden, lesson.language)
            explained = "expected" in entry["question"]
        if step.challenge is not None:
            entry["challenge"] = _challenge(step, outcomes.get(place), lesson.language)
        entry["figures"] = quoted[place] if explained else {}
        steps.append(entry)
    return {
        "report": VERSION,
        "lesson": lesson.name,
        "language": lesson.language,
        "title": lesson.title,
        "date": day,
        "address": address.rstrip("/"),
        "right": sum(map(_is_right, steps)),
        "asked": sum("question" in entry or "challenge" in entry for entry in steps),
        "steps": steps,
    }


def _question(asked: Prediction, given: Any, explained: bool, language: str) -> dict[str, Any]:
    """A question; its explanation is included only with an answer, and if it may be shown."""
    question = {"question": asked.question, "explained": explained, "given": given}
    if given is None:
        return question
    question["answer"] = _written(asked, given, language)
    if not explained:
        return question
    return question | {
        "right": asked.is_right(given),
        "expected": _written(asked, asked.answer, language, of_card=True),
        "explanation": asked.explanation,
    }


def _written(asked, answer, language, *, of_card=False):
    if not asked.axes:
        return asked.written(answer)
    text = f"{asked.written(answer, '.3g')} (± {asked.tolerance:g})" if of_card else asked.written(answer)
    return localised(text, language)


def _challenge(step: Step, outcome: Outcome | None, language: str) -> dict[str, Any]:
    assert step.challenge is not None
    challenge = {"check": step.challenge.check, "tried": outcome is not None}
    if outcome is None:
        return challenge
    return challenge | {
        "view": f"{step.page}?{urlencode(outcome.query)}" if outcome.query else step.page,
        "numbers": dict(outcome.numbers),
        "reached": outcome.reached,
        "words": outcome.words(language),
    }


def _is_right(entry):
    return bool(entry.get("question", {}).get("right") or entry.get("challenge", {}).get("reached"))


def _quoted(lesson: Lesson) -> list[dict[str, float]]:
    """{card.metric: value} quoted by the sentences and answers of each step, in the language of the lesson."""
    quoted: list[dict[str, float]] = [{} for _ in lesson.steps]
    for language in dict.fromkeys((FIRST, lesson.language)):
        for place, entries in enumerate(Source(FOLDER / language / f"{lesson.name}.toml").entries["step"]):
            for text in _texts(entries):
                quoted[place] |= metrics(text)
    return quoted


def _texts(entries):
    if isinstance(entries, str):
        yield entries
    elif isinstance(entries, dict | list):
        for part in entries.values() if isinstance(entries, dict) else entries:
            yield from _texts(part)
