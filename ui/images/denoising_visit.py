"""State of a visit to Denoise: the noise, in the link, and the user's drawing on the picture, in memory."""

from __future__ import annotations

from typing import Any

import numpy as np

from evaluate.patch import NUMBERS, START, Noise
from models.noise_kinds import KINDS
from ui import url
from ui.images import drawn_on

PARAMETERS = {"kind": "noise", "seed": "noise_seed"}  # fields of a Noise whose name differs in the link
KEY = "denoise"  # key of the drawing


def noise() -> Noise:
    """The noise from the link or the last report, with a warning for values that no noise can have."""
    kind = url.picked("noise", KINDS, START.kind)
    numbers = {
        name: url.kept(PARAMETERS.get(name, name), low, high, getattr(START, name))
        for name, (low, high) in NUMBERS.items()
    }
    return Noise.of(kind, numbers)


def keep(noise: dict[str, Any], drawn: np.ndarray | None) -> None:
    """Keep what the component reported: the noise by field names, and the picture if the user drew on it."""
    for name, value in noise.items():
        url.keep(PARAMETERS.get(name, name), value)
    if drawn is not None:
        drawn_on.keep(KEY, drawn)
