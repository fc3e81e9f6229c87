"""A confusion matrix whose cells open their pictures, which can be chosen."""

from pathlib import Path
from typing import Any

from ui.components import Heard, component, of_dicts

KEY = "classify matrix"
_component = component(Path(__file__).parent)


def matrix(data: dict[str, Any], *, on_chosen: Heard, on_taken: Heard) -> None:
    """Draw it. `data` is what index.js reads; pictures are base64 of their C·H·W bytes:

    classes    their names;  counts: a list of rows, row: the label, column: the predicted class
    cell       [label, named] of the open cell, or None for the mistakes
    title      of the pictures beside it;  shape: [C, H, W] of one
    images     [{number, words, image}]

    Reports: "chosen" {cell}, "taken" {number}. All other reports count as {}.
    """
    _component(KEY, data, **of_dicts(on_chosen=on_chosen, on_taken=on_taken))
