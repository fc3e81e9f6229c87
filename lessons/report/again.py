"""Computes again everything in a report that can be, and finds where the report differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import checkpoints
from evaluate.shipped import FILES, Shipped
from lessons import LessonError
from lessons import read as read_lesson
from lessons.challenges import CHALLENGES, CheckError, Outcome, in_browser, measure
from lessons.model import Lesson, Step
from lessons.report import compare, page, pictures, words
from lessons.report import facts as all_facts
from lessons.report.excerpt import quoted, short
from lessons.report.reading import Report, ReportError, parsed

MOST = 60  # parameters of a link
NAMES = {  # names of facts in sentences, if their own names are not readable
    "given": "answer",
    "answer": "words of the answer",
    "expected": "right answer",
    "reached": "whether it was reached",
    "right": "whether it is right",
    "text": "words of the step",
    "view": "link of the view",
    "words": "words of the outcome",
} | words.NUMBERS
TOTALS = {"right": "how many are right", "asked": "how many were asked"}  # the same for the whole report


@dataclass(frozen=True)
class Number:
    """A reported number, and its value when computed again. step: from 1; name: "answer" for whether it is right."""

    step: int
    name: str
    reported: Any
    computed: Any


@dataclass
class Result:
    """differences: (step from 1, 0 for the whole report; one clause). numbers: all that were computed again.

    browser: steps whose challenge was measured in the browser, so that it cannot be computed again.
    """

    differences: list[tuple[int, str]] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    browser: list[int] = field(default_factory=list)


def check(report: Report, shipped: Shipped = FILES) -> Result:
    """Compute a report again; raises ReportError if its lesson does not exist today, or it cannot be computed."""
    reported, result = report.facts, Result()
    lesson = _lesson(reported)
    if reported["address"] and not _is_of_web(reported["address"]):  # an app may not know its own address
        raise ReportError(f"has links that lead to no app: “{short(reported['address'])}”")
    try:
        computed = _facts(reported, lesson, shipped, result)
    except checkpoints.CheckpointError as error:
        raise ReportError(f"cannot be checked: {error}") from None
    differences = list(compare.leaves(reported, computed))
    clauses = [_named(path, *values) for path, *values in differences]
    result.differences += sorted(clauses, key=lambda one: one[0] == 0)  # totals last, since they follow from the steps
    result.numbers += _numbers(reported, computed)
    if all(compare.kind(one) is compare.kind(other) for _, one, other in differences):
        again = parsed(page.html(reported, pictures.of(lesson, reported, shipped)))
        result.differences += compare.pages(report.pieces, again.pieces, len(lesson.steps))
    return result


def _is_of_web(address):
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _lesson(reported) -> Lesson:
    try:
        lesson = read_lesson(reported["lesson"], reported["language"])
    except LessonError as error:
        raise ReportError(f"is of a lesson that cannot be read: {short(str(error).removesuffix('.'), 200)}") from None
    there, today = len(reported["steps"]), len(lesson.steps)
    if there != today:
        raise ReportError(
            f"is of another version of the lesson “{lesson.name}”: it has {there} steps, and today's lesson has {today}"
        )
    return lesson


def _facts(reported, lesson, shipped, result) -> dict[str, Any]:
    """Today's facts for the answers and the links of a report."""
    answers, hidden, outcomes = {}, set(), {}
    for place, (step, entry) in enumerate(zip(lesson.steps, reported["steps"], strict=True)):
        if step.prediction is not None:
            question = _part(entry, "question", place)
            if question.get("explained") is False:
                hidden.add(place)
            if (answer := question.get("given")) is not None:
                if not step.prediction.admits(answer):
                    raise ReportError(
                        f"has {quoted(answer)} as the answer to step {place + 1}, which admits no such answer"
                    )
                answers[place] = answer
        if step.challenge is not None:
            outcome = _outcome(step, _part(entry, "challenge", place), place + 1, shipped, result)
            outcomes |= {} if outcome is None else {place: outcome}
    day, address = reported["date"], reported["address"]
    return all_facts.of(lesson, day=day, address=address, answers=answers, hidden=hidden, outcomes=outcomes)


def _part(entry, name, place) -> dict[str, Any]:
    part = entry.get(name)
    if not isinstance(part, dict):
        raise ReportError(f"is of another version of its lesson: step {place + 1} has a {name} today")
    return part


def _outcome(step: Step, reported: Mapping[str, Any], number: int, shipped: Shipped, result: Result) -> Outcome | None:
    """Today's outcome of a challenge for its link; None if it was not tried."""
    assert step.challenge is not None
    if reported.get("tried") is not True:
        return None
    view, numbers = reported.get("view"), reported.get("numbers")
    if not isinstance(view, str) or not isinstance(numbers, dict):
        raise ReportError(f"has no link or no numbers in the facts of step {number}")
    query, name = _query(view, step, number), step.challenge.check
    if in_browser(name):
        result.browser.append(number)
        computed = {key: value for key, value in numbers.items() if compare.is_number(value)}
    else:
        try:
            computed = measure(name, query, step.query, shipped)
        except CheckError as error:
            return Outcome(False, [error.sentence], {}, query)
        result.numbers += [Number(number, key, numbers.get(key, "nothing"), value) for key, value in computed.items()]
        if not list(compare.leaves(numbers, computed)):
            computed = numbers  # the sentences are based on these, even if another machine rounded differently
    try:
        return Outcome(*CHALLENGES[name].outcome(computed), computed, query)
    except KeyError:
        raise ReportError(f"has other numbers in step {number} than its challenge measures") from None


def _query(view, step, number):
    """The parameters of a link to the page of a step."""
    page_of_view, _, text = view.partition("?")
    if page_of_view != step.page:
        raise ReportError(f"has a link in step {number} that leads to “{short(page_of_view)}” and not to its page")
    try:
        return dict(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=MOST))
    except ValueError:
        raise ReportError(f"has a damaged link in step {number}: “{short(view)}”") from None


def _named(path, reported, computed):
    """(step, clause) for a difference between facts."""
    step, last = path[1] + 1 if path[:1] == ("steps",) and len(path) > 1 else 0, short(path[-1])
    name = (NAMES if step else TOTALS).get(last, last)
    return step, f"{name}: the report says {quoted(reported)}, computed again it is {quoted(computed)}"


def _numbers(reported, computed):
    """Whether answers are right, and the cards' figures; numbers of challenges are compared when they are measured."""
    for number, (one, other) in enumerate(zip(reported["steps"], computed["steps"], strict=True), 1):
        if "right" in other.get("question", {}):
            yield Number(number, "answer", one["question"].get("right", "nothing"), other["question"]["right"])
        figures = one.get("figures")
        for name, value in other["figures"].items():
            yield Number(number, name, figures.get(name, "nothing") if isinstance(figures, dict) else "nothing", value)
