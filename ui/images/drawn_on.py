"""The user's drawing on a picture of a page, in the session's memory: a link never holds a picture."""

from __future__ import annotations

import hashlib

import numpy as np
import streamlit as st

from ui.components.kept import kept
from ui.images.intake import Input

DIGEST = 64  # characters


def picture(key: str, given: Input) -> tuple[Input, bool]:
    """(the picture with the drawing on it, whether there is a drawing): a new picture drops the drawing."""
    base, drawn = st.session_state.get(_state(key), (None, None))
    digest = _digest(given.image)
    if base != digest:
        drawn = None
        st.session_state[_state(key)] = (digest, None)
    raw = None if drawn is None else digest.encode() + drawn.tobytes()
    kept(f"drawn on, {key}", raw, on_back=lambda raw: _take_again(key, given.image, raw))
    return (given, False) if drawn is None else (Input(drawn, (), f"{given.name}, drawn on"), True)


def _take_again(key, image, raw):
    """Take back what the browser kept, if it was drawn on the same picture."""
    digest, pixels = raw[:DIGEST], raw[DIGEST:]
    if digest == _digest(image).encode() and len(pixels) == image.nbytes:
        drawn = np.frombuffer(pixels, np.uint8).reshape(image.shape)
        st.session_state[_state(key)] = (digest.decode(), drawn)


def keep(key: str, drawn: np.ndarray) -> None:
    """Keep the picture (C, H, W) uint8 reported by a component: a drawing on the picture of the last `picture` call."""
    st.session_state[_state(key)] = (st.session_state[_state(key)][0], drawn)


def _state(key):
    return f"{key}: what was drawn, and on which picture"


def _digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()
