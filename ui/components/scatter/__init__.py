"""A map of codes: a canvas of points coloured by class, with pictures on hover; a click chooses a point."""

from pathlib import Path

import numpy as np

from ui import charts, tiles
from ui.components import component, initial_value

SPRITE_COLUMNS = 72  # as evaluate/preview.py tiles them
_component = component(Path(__file__).parent)


def whole(points):
    """Points (M, 2) as whole numbers from 0 to 10,000 with one scale for both axes, centred: (M, 2) int64."""
    low, high = points.min(0), points.max(0)
    span = float((high - low).max()) or 1.0
    return (5000 + (points - (low + high) / 2) / span * 10000).round().astype(np.int64)


def scatter(
    key, points, labels, classes, *, sprites, shape, name, label, axes, save, chosen=None, on_chosen=lambda row: None
):
    """Mount the map.

    points (M, 2) floats; labels (M,) into classes; sprites: bytes of a WebP sheet of M pictures of shape (C, H, W);
    name: of this map (another name, another map); label: what a person who cannot see it is told; axes: names of x and
    y; save: slides.words of its PNG; chosen: a row or None, at first: afterwards the component knows it from the hand.
    on_chosen(row) is called after a click.
    """

    def clicked(row):
        if isinstance(row, int) and 0 <= row < len(labels):
            on_chosen(row)

    data = {
        "points": whole(points).ravel().tolist(),
        "labels": [int(index) for index in labels],
        "classes": list(classes),
        "colours": list(charts.PALETTE[: len(classes)]),
        "sprites": tiles.data_url(sprites, "image/webp"),
        "columns": SPRITE_COLUMNS,
        "tile": list(shape[1:]),
        "name": name,
        "label": label,
        "axes": list(axes),
        "save": save,
        "identity": name,
        "chosen": initial_value(key, name, chosen),
    }
    _component(key, data, on_chosen=clicked)
