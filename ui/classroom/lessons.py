"""The lesson of a room, and its predictions as questions."""

from __future__ import annotations

import re

from classroom.errors import NoRoom
from classroom.questions import Question
from classroom.rooms import Room
from lessons import Lesson, LessonError
from lessons.model import Answer
from ui.lesson import Place, words


def name(place: Place) -> str:
    """The value of Room.lesson for a lesson in a language."""
    return f"{place.language}/{place.name}"


def place(room: Room, step: int | None = None) -> Place:
    """The place of the room in its lesson, or another step."""
    language, _, lesson = room.lesson.partition("/")
    return Place(lesson, room.step if step is None else step, language)


def lesson(room: Room) -> Lesson:
    """The lesson of a room; raises NoRoom if this server does not have it."""
    try:
        return place(room).lesson()
    except LessonError as error:
        raise NoRoom("The lesson of this room cannot be shown: {error}", error=str(error)) from error


def words_of(room: Room) -> dict[str, str]:
    """The interface words in the language of its lesson."""
    return words.of(place(room).language)


_MARKUP = re.compile(r"[\\`*_$\[\]<~|]|:(?=\w)|^[#>+-]")
REACHED = 1


def question(lesson: Lesson, step: int) -> Question | None:
    """The prediction or the challenge of a step as a question; None if it has neither."""
    view = lesson.steps[step] if step < len(lesson.steps) else None
    if view is None or (view.prediction is None and view.challenge is None):
        return None
    key, prediction = f"step {step + 1}", view.prediction
    if prediction is None:
        said = words.of(lesson.language)
        return Question(key, {"0": said["tried"], str(REACHED): said["reached"]})
    if prediction.axes:
        return Question(key, bounds=tuple((axis.low, axis.high) for axis in prediction.axes))
    return Question(key, {str(k): one.replace("**", "") for k, one in enumerate(prediction.choices)})


def as_stored(question: Question, answer: Answer) -> object:
    """An answer from a strip in the form of `classroom.answers.give`, where choices are named "0", "1", …"""
    return str(answer) if question.choices else answer


def as_given(question: Question, stored: str) -> Answer:
    """The inverse of `as_stored`."""
    return int(stored) if question.choices else question.value(stored)


def markdown(text: str) -> str:
    """A sentence of a lesson for Streamlit's own widgets, with only **strong** as markup."""
    return "**".join(_MARKUP.sub(r"\\\g<0>", part) for part in text.split("**"))
