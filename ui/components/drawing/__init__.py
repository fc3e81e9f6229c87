"""A page to draw on with mouse, pen or finger."""

import base64
import binascii
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui import tiles
from ui.components import component, initial_value

_component = component(Path(__file__).parent)
HEAD = "data:image/png;base64,"


def drawing(key: str, label: str, *, on_drawn: Callable[[bytes], None]) -> None:
    """Mount the page. on_drawn(raw) gets a PNG file's bytes after every stroke; changing pages keeps the drawing."""
    kept = _kept(key)

    def drawn(page):
        try:
            raw = base64.b64decode(page.removeprefix(HEAD), validate=True)
        except (AttributeError, binascii.Error, ValueError):
            return  # our script cannot have sent it
        st.session_state[kept] = raw
        on_drawn(raw)

    again = st.session_state.get(f"{kept} again", 0)
    before = initial_value(key, (label, again), st.session_state.get(kept))
    _component(key, {"label": label, "picture": before and tiles.data_url(before), "again": again}, on_drawn=drawn)


def drawing_again(key: str, raw: bytes) -> None:
    """Put a PNG file on the page as the drawing, unless the user has drawn something there."""
    st.session_state[_kept(key)] = raw
    st.session_state[f"{_kept(key)} again"] = 1


def _kept(key):
    return f"{key}, kept picture"
