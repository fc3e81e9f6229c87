"""The curves of quantities measured along paths: below the pictures of each, and the lengths of all codes together."""

from __future__ import annotations

from typing import Any

import numpy as np

from checkpoints import Card
from metrics.code_graph import NEAREST
from ui import charts, classifiers, slides
from ui.components import curves
from ui.components.live_pictures import Fact
from ui.explore import paths
from ui.explore.endpoints import End
from ui.explore.path_facts import Facts
from ui.explore.path_facts import band as band_of
from ui.explore.paths import TITLES

# Blue and orange are for real and generated pictures.
COLOURS = dict(zip(TITLES, (charts.PALETTE[k] for k in (2, 7, 4, 9)), strict=True))


def of(path: str, measured: dict[str, Facts], card: Card) -> list[Fact]:
    """The curves below the pictures of one way: distance or length, and class, as far as they are known.

    measured: for all ways, whose curves share the same axes.
    """
    facts, colour, band = [], COLOURS[path], band_of(card)
    x, far, certainty, seen = (getattr(measured[path], name) for name in ("x", "far", "certainty", "seen"))
    if far is not None and band is not None:
        title = f"Distance to the {NEAREST} nearest codes (blue: real pictures)"
        if not card.encodes:
            title = "Length ‖z‖ of the code (blue: random codes)"
        most = max(float(one.far.max()) for one in measured.values() if one.far is not None)
        limits = 0.0, max(1.15 * band[1], 1.05 * most)
        facts.append(Fact(title, x, far, limits, colour, ticks=band, band=band, both=not card.encodes))
    if certainty is not None:
        names = classifiers.classes(card)
        title = "Class, and how certain the classifier is"
        words = [names[k] for k in seen]
        facts.append(Fact(title, x, certainty, (0.0, 1.0), colour, ticks=(0.0, 1.0), names=words, share=True))
    return facts


def lengths(card: Card, a: End, b: End) -> dict[str, Any]:
    """‖z‖ along all paths in one panel, for `described`."""
    shares = np.linspace(0, 1, 101)
    lengths = paths.lengths(card, a.code, b.code, shares)
    series = [
        curves.series(TITLES[path], "line", COLOURS[path], shares, values, digits=3) for path, values in lengths.items()
    ]
    low, high = (extreme([extreme(one) for one in lengths.values()]) for extreme in (min, max))
    margin = max(0.05 * (high - low), 0.05)
    panel = {
        "title": "Length ‖z‖ of the code over α",
        "range": [max(0.0, float(low - margin)), float(high + margin)],
        "log": False,
        "series": series,
    }
    about = slides.about(card, f"from {a.name} to {b.name}")
    words = slides.words(f"{card.name}_code_lengths", "Length of the code along paths", about)
    return {"panels": [panel], "axis": [0, 1], "marked": True, "save": words}
