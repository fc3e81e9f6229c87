"""A number line, or a plane, on which somebody in a room answers, and on which the answers of the class are shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component

_component = component(Path(__file__).parent, of_page=False)


def answer_place(
    key: str, asked: dict[str, Any], words: dict[str, str], *, projected: bool, **on: Callable[[Any], None]
) -> None:
    """Mount it. on: on_answer({"answer": number or [x, y]}), unchecked, where it can be answered.

    asked: of ui.lesson.asked, with open (whether it can be answered) and others (answers of the class, [number] or
    [x, y] each). words: of ui.lesson.words. projected: as large as a class needs it.
    """
    _component(key, {"asked": asked, "words": words, "projected": projected}, **on)
