"""A map of codes: a canvas of points coloured by class, with pictures on hover; a click chooses a point."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ui import charts, tiles
from ui.components import component, initial_value
from ui.ink import INK

SPRITE_COLUMNS = 72  # as in evaluate/preview.py
GROUPS = ("from", "to")  # filled with a lasso
_component = component(Path(__file__).parent)


def is_walk(ends: Any, count: int) -> bool:
    """Whether it is [row, row, α] for a map of `count` points, with −1 instead of a row for the drawing."""
    return (
        isinstance(ends, list)
        and len(ends) == 3
        and all(type(row) is int and -1 <= row < count for row in ends[:2])
        and type(ends[2]) in (int, float)
        and 0 <= ends[2] <= 1
    )


def is_group(rows: Any, count: int) -> bool:
    """Whether it is a list of rows of a map of `count` points."""
    return isinstance(rows, list) and len(rows) <= count and all(type(row) is int and 0 <= row < count for row in rows)


def frame(points: np.ndarray) -> tuple[np.ndarray, float]:
    """(middle (2,), span): the centre and scale that `whole` uses for points (M, 2), in their units."""
    low, high = points.min(0), points.max(0)
    return (low + high) / 2, float((high - low).max()) or 1.0


def whole(points: np.ndarray) -> np.ndarray:
    """Points (M, 2) as integers from 0 to 10,000 with the same scale on both axes, centred: (M, 2) int64."""
    middle, span = frame(points)
    return (5000 + (points - middle) / span * 10000).round().astype(np.int64)


def scatter(
    key: str,
    points: np.ndarray,
    labels: Sequence[int] | np.ndarray,
    classes: Sequence[str],
    *,
    sprites: bytes,
    shape: tuple[int, int, int],
    name: str,
    label: str,
    axes: Sequence[str],
    save: Mapping[str, str],
    chosen: int | None = None,
    walk: list | None = None,
    ink: str = "",
    live: dict[str, Any] | None = None,
    lasso: Mapping[str, Mapping[str, Any]] | None = None,
    on_chosen: Callable[[int], None] = lambda row: None,
    on_walked: Callable[[list], None] = lambda ends: None,
    on_inked: Callable[[str], None] = lambda ink: None,
    on_lassoed: Callable[[str, list[int]], None] = lambda group, rows: None,
) -> None:
    """Mount the map.

    points (M, 2) floats; labels (M,) into classes; sprites: bytes of a WebP sheet of M pictures of shape (C, H, W);
    name: of this map (another name, another map); label: for screen readers; axes: names of x and y; save: slides.words
    of its PNG; chosen: initial row or None; afterwards the component keeps it. live: the networks that run on it and
    their data, from ui.explore.latent_map.live, or None. lasso: {"from" and "to": {"label", "rows"}}, two groups of
    points to fill, with their initial rows; or None, to choose single points. walk, ink: values from an earlier
    on_walked and on_inked, or None and "". on_chosen(row) is called after a click, on_walked([row, row, α]) after a
    line was moved, with −1 instead of a row for the drawing, on_inked(text) after a stroke, on_lassoed(group, rows)
    after a group has changed.
    """

    def clicked(row):
        if isinstance(row, int) and 0 <= row < len(labels):
            on_chosen(row)

    def walked(ends):
        if is_walk(ends, len(labels)):
            on_walked(ends)

    def inked(text):
        if isinstance(text, str) and INK.fullmatch(text):
            on_inked(text)

    def lassoed(report):
        given = report if isinstance(report, dict) else {}
        if given.get("group") in GROUPS and is_group(given.get("rows"), len(labels)):
            on_lassoed(given["group"], sorted(set(given["rows"])))

    data = {
        "points": whole(points).ravel().tolist(),
        "labels": [int(index) for index in labels],
        "classes": list(classes),
        "colours": charts.class_colours(len(classes)),
        "sprites": tiles.data_url(sprites, "image/webp"),
        "columns": SPRITE_COLUMNS,
        "tile": list(shape[1:]),
        "name": name,
        "label": label,
        "axes": list(axes),
        "save": save,
        "identity": name,
        "live": live,
        **initial_value(key, name, {"chosen": chosen, "walk": walk, "ink": ink, "lasso": lasso}),
    }
    _component(key, data, on_chosen=clicked, on_walked=walked, on_inked=inked, on_lassoed=lassoed)
