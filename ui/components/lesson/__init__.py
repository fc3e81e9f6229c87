"""The strip of a lesson: its step in words, buttons to the others, a prediction, and marks at the step's controls."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component

_component = component(Path(__file__).parent, of_page=False)


def lesson(data: dict[str, Any], **on: Callable[[Any], None]) -> None:
    """Mount it.

    data: lesson (its title), language (of its words), words (of ui.lesson.words), identity of the step, step (from 0),
    went (`at` of the last on_go received, else 0), of (number of steps), away (whether the current page is not the
    step's), minutes, left, text, look; controls (labels) and only (whether the others are hidden at first); at (a
    heading to scroll to, among those found by the CSS selector headings); page and query of the step's view, frame
    (parameters that are not of a page); prediction: from ui.lesson.asked. challenge: hint and, after a check, said
    ({"reached", "words"}). end: None, or after the last step the number of right answers and of questions.
    on: on_go({"step", "at"}), on_answer({"answer"}), on_check({"measured": [[step, energy distance]]}), on_leave({}),
    on_finish({}); all unchecked.
    """
    _component("lesson", data, **on)
