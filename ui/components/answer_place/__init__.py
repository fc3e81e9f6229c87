"""A number line or a plane on which participants in a room answer, and which shows the answers of the class."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component

_component = component(Path(__file__).parent, of_page=False)


def answer_place(
    key: str, asked: dict[str, Any], words: dict[str, str], *, projected: bool, **on: Callable[[Any], None]
) -> None:
    """Mount it. on: on_answer({"answer": number or [x, y]}), unchecked, if it can be answered.

    asked: from ui.lesson.asked, with open (whether it can be answered) and others (answers of the class, [number] or
    [x, y] each). words: of ui.lesson.words. projected: whether it is enlarged for a class.
    """
    _component(key, {"asked": asked, "words": words, "projected": projected}, **on)
