"""What a visit to Denoise keeps: the noise, in the link, and what the hand drew on the picture, in memory."""

from __future__ import annotations

from typing import Any

import numpy as np

from evaluate.patch import NUMBERS, START, Noise
from models.noise_kinds import KINDS
from ui import url
from ui.images import drawn_on

PARAMETERS = {"kind": "noise", "seed": "noise_seed"}  # what fields of a Noise are called in the link
KEY = "denoise"  # of the drawing


def noise() -> Noise:
    """The noise of the link or of the last report; a warning for what no noise can have."""
    kind = url.picked("noise", KINDS, START.kind)
    numbers = {
        name: url.kept(PARAMETERS.get(name, name), low, high, getattr(START, name))
        for name, (low, high) in NUMBERS.items()
    }
    return Noise.of(kind, numbers)


def keep(noise: dict[str, Any], drawn: np.ndarray | None) -> None:
    """What the component reported: noise by the names of its fields, and the picture where the hand drew on it."""
    for name, value in noise.items():
        url.keep(PARAMETERS.get(name, name), value)
    if drawn is not None:
        drawn_on.keep(KEY, drawn)
