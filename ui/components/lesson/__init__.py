"""The strip of a lesson: its step in words, the way to the others, a prediction, and marks at the step's controls."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component

_component = component(Path(__file__).parent, of_page=False)


def lesson(data: dict[str, Any], **on: Callable[[Any], None]) -> None:
    """Mount it.

    data: lesson (its title), language (of its words), words (of ui.lesson.words), identity of the step, step (from 0),
    went (`at` of the last on_go that was heard, else 0), of (how many), away (whether another page than the step's is
    shown), minutes, left, text, look; controls (labels) and only (whether the others are hidden at first); at (a
    heading to scroll to, of what the CSS selector headings finds); page and query of the step's view, frame (parameters
    that are not of a page); prediction: of ui.lesson.asked. challenge: hint, and once it was checked said ({"reached",
    "words"}). end: None, or behind the last step how many were right and asked.
    on: on_go({"step", "at"}), on_answer({"answer"}), on_check({"measured": [[step, energy distance]]}), on_leave({}),
    on_finish({}); all of them unchecked.
    """
    _component("lesson", data, **on)
