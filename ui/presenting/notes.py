"""Notes on a step of a lesson for the speaker's window; the component adds the time and the page's own words."""

from __future__ import annotations

from typing import Any

from lessons import Lesson, LessonError, Step
from lessons.glance import expected
from ui.lesson import Place


def of(title: str, place: Place | None) -> dict[str, Any]:
    """{"title", "identity", "lesson"}: lesson is None outside a lesson, and if its file cannot be read.

    title: of the current page. In a lesson: title, step (from 0), of (number of steps), minutes planned for the step
    and total for the lesson, text, look, controls, question, choices, answer, explanation, hint and next, which are
    empty if there are none.
    """
    try:
        lesson, step = (place.lesson(), place.view()) if place else (None, None)
    except LessonError:
        lesson = step = None
    if place is None or lesson is None or step is None:
        return {"title": title, "identity": "", "lesson": None}
    said = _said(lesson, step, place.step)
    return {"title": title, "identity": f"{place.name}/{place.step}", "lesson": said}


def _said(lesson: Lesson, step: Step, number: int) -> dict[str, Any]:
    asked = step.prediction
    return {
        "title": lesson.title,
        "step": number,
        "of": len(lesson.steps),
        "minutes": step.minutes,
        "total": lesson.minutes,
        "text": step.text,
        "look": step.look,
        "controls": list(step.controls),
        "question": asked.question if asked else "",
        "choices": list(asked.choices) if asked else [],
        "answer": expected(asked) if asked else "",
        "explanation": asked.explanation if asked else "",
        "hint": step.challenge.hint if step.challenge else "",
        "next": _next(lesson, number + 1),
    }


def _next(lesson: Lesson, number: int) -> str:
    if number == len(lesson.steps):
        return "This is the last step."
    return f"{lesson.steps[number].text} ({lesson.steps[number].minutes} min)"
