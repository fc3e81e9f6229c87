"""The data of the confusion matrix for its component, and the pictures beside it as a slide and a table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from checkpoints import Card
from ui import slides
from ui.components import grey
from ui.images.classify.judged import Judged

MOST = 24  # pictures beside the matrix
ACROSS = 6  # of them on a slide


def title(judged: Judged, classes: tuple[str, ...], cell: tuple[int, int] | None) -> str:
    """A title for the pictures, with their number."""
    if cell is None:
        wrong = int(judged.counts.sum() - judged.counts.trace())
        if not wrong:
            return "No mistakes: choose another network" + (", or a cell" if len(judged.images) else "")
        right = judged.counts.trace() / judged.counts.sum()
        return f"{right:.1%} right; the most confident of {wrong:,} mistakes"
    label, named = cell
    count = int(judged.counts[cell])
    return f"Labelled {classes[label]}, the network says {classes[named]}: {count:,}"


def numbers(judged: Judged, cell: tuple[int, int] | None) -> np.ndarray:
    """Numbers of the shown pictures; none if they are not available."""
    return (judged.mistakes() if cell is None else judged.cell(*cell))[:MOST]


def message(judged: Judged, classes: tuple[str, ...], cell: tuple[int, int] | None) -> dict[str, Any]:
    """Data of ui.components.classify_matrix."""
    shown = numbers(judged, cell)
    return {
        "classes": list(classes),
        "counts": judged.counts.tolist(),
        "caption": f"Counted over {judged.words}.{' Press a number to see its pictures.' * (len(judged.images) > 0)}",
        "cell": None if cell is None else list(cell),
        "title": title(judged, classes, cell),
        "none": ("There is no such picture." if cell else "") if len(judged.images) else "The pictures are not here.",
        "shape": list(judged.images.shape[1:]),
        "images": [
            {"number": int(n), "words": words(judged, classes, n), "image": grey.text(judged.images[n])} for n in shown
        ],
    }


def words(judged: Judged, classes: tuple[str, ...], number: int) -> str:
    """Label, predicted class, and its probability."""
    label, named = judged.labels[number], judged.named[number]
    sure = f"{judged.sureness(number):.1%}"
    return f"{classes[label]}: {sure}" if label == named else f"{classes[label]} → {classes[named]} · {sure}"


def slide(card: Card, judged: Judged, classes: tuple[str, ...], cell: tuple[int, int] | None) -> slides.Slide:
    """The shown pictures, each with the predicted class."""
    shown = numbers(judged, cell)[: 3 * ACROSS]
    rows = [shown[start : start + ACROSS] for start in range(0, len(shown), ACROSS)]
    grids = [slides.Grid(judged.images[row], len(row), across=[words(judged, classes, n) for n in row]) for row in rows]
    return slides.of_model(card, title(judged, classes, cell), grids, judged.words)


def table(judged: Judged, classes: tuple[str, ...]) -> pd.DataFrame:
    """The counts, row: the label, column: the predicted class."""
    return pd.DataFrame(judged.counts, index=pd.Index(classes, name="label"), columns=list(classes))
