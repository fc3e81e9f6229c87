"""A confusion matrix whose cells open the pictures in them, and pictures that can be taken."""

from pathlib import Path
from typing import Any

from ui.components import Heard, component, of_dicts

KEY = "classify matrix"
_component = component(Path(__file__).parent)


def matrix(data: dict[str, Any], *, on_chosen: Heard, on_taken: Heard) -> None:
    """Draw it. `data` is what index.js reads; pictures are base64 of their C·H·W bytes:

    classes    their names;  counts: a list of rows, row: the label, column: what the network says
    cell       [label, named] of the open cell, or None for the mistakes
    title      what the pictures beside it are;  shape: [C, H, W] of one
    images     [{number, words, image}]

    Reports: "chosen" {cell}, "taken" {number}. Whatever else arrives counts as {}.
    """
    _component(KEY, data, **of_dicts(on_chosen=on_chosen, on_taken=on_taken))
