"""What the hand drew on a picture of a page, in the session's memory: a link never holds a picture."""

from __future__ import annotations

import hashlib

import numpy as np
import streamlit as st

from ui.images.intake import Input


def picture(key: str, given: Input) -> tuple[Input, bool]:
    """(the picture with what was drawn on it, whether there is anything): another picture forgets the drawing."""
    base, drawn = st.session_state.get(_state(key), (None, None))
    if base == _digest(given.image) and drawn is not None:
        return Input(drawn, (), f"{given.name}, drawn on"), True
    st.session_state[_state(key)] = (_digest(given.image), None)
    return given, False


def keep(key: str, drawn: np.ndarray) -> None:
    """The picture (C, H, W) uint8 that a component reported, drawn on the one of the last `picture`."""
    st.session_state[_state(key)] = (st.session_state[_state(key)][0], drawn)


def _state(key):
    return f"{key}: what was drawn, and on which picture"


def _digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()
