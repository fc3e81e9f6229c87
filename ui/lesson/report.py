"""The button for a student's report: the answers and the checked challenges of this visit."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from lessons import Lesson
from lessons.challenges import Outcome
from ui import downloads
from ui.lesson import words
from ui.lesson.outcome import best
from ui.lesson.place import Place


def button(lesson: Lesson, answers: Mapping[int, Any], hidden: set[int], *, where: str) -> None:
    """Draw it. answers: by number of the step, from 0; hidden: steps whose explanation the class has not seen yet.

    where: distinguishes the places on a page that have this button.
    """
    from lessons.report.page import file_name

    outcomes = {place: said for place in range(len(lesson.steps)) if (said := best(lesson.name, place))}
    # The address of the app without the page, for the links in the report.
    address = (st.context.url or "").partition("?")[0].rpartition("/")[0]
    text = functools.partial(_html, lesson, address, dict(answers), outcomes, hidden)
    said = words.of(lesson.language)
    downloads.report(text, file_name(lesson.name, lesson.language), said["report"], said["report_help"], where)


def of_visit(place: Place, kept: Any) -> tuple[dict[int, Any], set[int]]:
    """(answers, hidden) for `button`. kept: a ui.lesson.strip.Answers."""
    places = [Place(place.name, number, place.language) for number in range(len(place.lesson().steps))]
    answers = {one.step: answer for one in places if (answer := kept.given(one)) is not None}
    return answers, {one.step for one in places if not kept.explained(one)}


def _html(
    lesson: Lesson, address: str, answers: Mapping[int, Any], outcomes: Mapping[int, Outcome], hidden: set[int]
) -> str:
    """The file, computed when the button is pressed: its pictures need networks."""
    from lessons.report import facts, page, pictures
    from ui.lesson.checks import IN_APP

    day = date.today().isoformat()
    said = facts.of(lesson, day=day, address=address, answers=answers, outcomes=outcomes, hidden=hidden)
    return page.html(said, pictures.of(lesson, said, IN_APP))
