"""What a visit to Denoise keeps: the noise, in the link, and what the hand drew on the picture, in memory."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from ui import url
from ui.images import drawn_on
from ui.images.denoising import KINDS, LAST, Noise

START = Noise("gaussian", 0.5, 10, 10, 0)
NUMBERS = {"strength": (0.1, 1.0), "row": (0, LAST), "column": (0, LAST), "noise_seed": (0, 99_999)}
# Test image of a first visit: the first one on which knowing the place helps as much as over all test digits, 0.6 dB.
FIRST = 11
KEY = "denoise"  # of the drawing


def noise() -> Noise:
    """The noise of the link or of the last report; a warning for what no noise can have."""
    kind = url.picked("noise", KINDS, START.kind)
    numbers = dict(zip(NUMBERS, dataclasses.astuple(START)[1:], strict=True))
    for key, (least, most) in NUMBERS.items():
        numbers[key] = url.kept(key, least, most, numbers[key])
    row, column, seed = (round(numbers[key]) for key in ("row", "column", "noise_seed"))
    return Noise(kind, numbers["strength"], row, column, seed)


def keep(noise: dict[str, Any], drawn: np.ndarray | None) -> None:
    """What the component reported: noise by the names of its fields, and the picture where the hand drew on it."""
    for name, value in noise.items():
        url.keep({"kind": "noise", "seed": "noise_seed"}.get(name, name), value)
    if drawn is not None:
        drawn_on.keep(KEY, drawn)
