"""An overview of all lessons for docs/teaching.md: times and expected answers."""

from __future__ import annotations

from collections.abc import Iterable

from lessons.model import Lesson, Prediction

BEGIN, END = "<!-- lessons -->", "<!-- end of lessons -->"


def text(lessons: Iterable[Lesson]) -> str:
    """Markdown: a table of the lessons, and the expected answers of each."""
    lessons = list(lessons)
    rows = "\n".join(
        f"| [{lesson.title}](#{_anchor(lesson)}) | `?lesson={lesson.name}` | {lesson.minutes} | {len(lesson.steps)} | "
        f"{lesson.audience} |"
        for lesson in lessons
    )
    head = "| lesson | address | minutes | steps | for |\n|---|---|--:|--:|---|"
    return f"{head}\n{rows}\n\n" + "\n".join(_answers(lesson) for lesson in lessons)


def _anchor(lesson: Lesson) -> str:
    """GitHub's anchor of a heading."""
    letters = "".join(letter for letter in lesson.title.lower() if letter.isalnum() or letter in " -_")
    return letters.replace(" ", "-")


def _answers(lesson: Lesson) -> str:
    goals = "\n".join(f"- {goal}" for goal in lesson.goals)
    lines = []
    for number, step in enumerate(lesson.steps, 1):
        if step.prediction is not None:
            lines.append(f"| {number} | {_cell(step.prediction.question)} | {_cell(expected(step.prediction))} |")
        if step.challenge is not None:
            lines.append(f"| {number} | {_cell(step.text)} | {_cell(step.challenge.hint)} |")
    head = "| step | question | expected answer |\n|--:|---|---|"
    return f"### {lesson.title}\n\nAfterwards a student can\n\n{goals}\n\n{head}\n" + "\n".join(lines) + "\n"


def expected(asked: Prediction) -> str:
    right = asked.written(asked.answer, ".3g")
    return f"{right} (± {asked.tolerance:g})" if asked.axes else right


def _cell(words: str) -> str:
    return words.replace("|", "\\|")
