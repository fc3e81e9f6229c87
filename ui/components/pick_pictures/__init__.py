"""Pictures to choose from: a press puts one into the open slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ui import tiles
from ui.components import component

COLUMNS = 20  # of the sheet
_component = component(Path(__file__).parent, numbered=["picked"])


@dataclass(frozen=True)
class Slot:
    """A slot for pictures. mark: a letter or two, on each of them. most: with 1 a press replaces the picture."""

    name: str
    label: str
    mark: str
    most: int


def pick_pictures(
    key: str,
    pictures: np.ndarray,
    numbers: Sequence[int],
    words: Sequence[str],
    slots: Sequence[Slot],
    chosen: Mapping[str, Sequence[int]],
    *,
    label: str,
    valid: Callable[[int], bool],
    on_picked: Callable[[dict[str, list[int]]], None],
) -> None:
    """Mount it.

    pictures (N, C, H, W) uint8 with their numbers and words; chosen: {name of a slot: numbers}, including pictures that
    are not shown now. label: of the group of pictures, for screen readers. valid(number): whether the picture exists.
    on_picked({name of a slot: all its numbers}) is called after a press.
    """

    def fits(slot: Slot, given: Any) -> bool:
        return (
            isinstance(given, list)
            and len(given) <= slot.most
            and all(type(number) is int and valid(number) for number in given)
        )

    def picked(report: Any) -> None:
        if isinstance(report, dict) and all(fits(slot, report.get(slot.name)) for slot in slots):
            on_picked({slot.name: list(dict.fromkeys(report[slot.name])) for slot in slots})

    data = {
        "sheet": tiles.sheet(pictures, COLUMNS),
        "columns": COLUMNS,
        "rows": -(-len(pictures) // COLUMNS),
        "size": list(pictures.shape[2:]),
        "pictures": [{"number": int(n), "words": w} for n, w in zip(numbers, words, strict=True)],
        "slots": [{"name": s.name, "label": s.label, "mark": s.mark, "most": s.most} for s in slots],
        "chosen": {name: list(given) for name, given in chosen.items()},
        "label": label,
    }
    _component(key, data, on_picked=picked)
