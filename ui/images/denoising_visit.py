"""What a visit to Denoise keeps: the noise, in the link, and what the hand drew on the picture, in memory."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import numpy as np
import streamlit as st

from ui import url
from ui.images.denoising import KINDS, LAST, Noise
from ui.images.intake import Input

START = Noise("gaussian", 0.5, 10, 10, 0)
NUMBERS = {"strength": (0.1, 1.0), "row": (0, LAST), "column": (0, LAST), "noise_seed": (0, 99_999)}
DRAWN = "denoise: what was drawn, and on which picture"


def noise() -> Noise:
    """The noise of the link or of the last report; a warning for what no noise can have."""
    start = dict(zip(NUMBERS, dataclasses.astuple(START)[1:], strict=True))
    kind = url.picked("noise", KINDS, START.kind)
    strength, *whole = (url.kept(key, *bounds, start[key]) for key, bounds in NUMBERS.items())
    return Noise(kind, strength, *map(round, whole))


def picture(given: Input) -> tuple[Input, bool]:
    """(the picture with what was drawn on it, whether there is anything): another picture forgets the drawing."""
    base, drawn = st.session_state.get(DRAWN, (None, None))
    if base == _digest(given.image) and drawn is not None:
        return Input(drawn, (), f"{given.name}, drawn on"), True
    st.session_state[DRAWN] = (_digest(given.image), None)
    return given, False


def keep(noise: dict[str, Any], drawn: np.ndarray | None) -> None:
    """What the component reported: noise by the names of its fields, and the picture where the hand drew on it."""
    for name, value in noise.items():
        url.keep({"kind": "noise", "seed": "noise_seed"}.get(name, name), value)
    if drawn is not None:
        st.session_state[DRAWN] = (st.session_state[DRAWN][0], drawn)


def _digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()
