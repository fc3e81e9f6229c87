"""The presenter's tools: keys and a small bar for full screen, pointer, black screen, time, notes and menu."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component

_component = component(Path(__file__).parent, of_page=False)


def presenter(data: dict[str, Any], **on: Callable[[Any], None]) -> None:
    """Mount it.

    data: address (of the page of notes, below the app's own) and notes (of ui.presenting.notes).
    on: on_leave({}).
    """
    _component("presenter", data, **on)
