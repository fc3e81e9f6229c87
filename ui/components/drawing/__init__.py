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
    """Mount the page. on_drawn(raw) gets a PNG file's bytes after every stroke; a change of page keeps the drawing."""
    kept = f"{key}, kept picture"

    def drawn(page):
        try:
            raw = base64.b64decode(page.removeprefix(HEAD), validate=True)
        except (AttributeError, binascii.Error, ValueError):
            return  # not what our script sends
        st.session_state[kept] = raw
        on_drawn(raw)

    before = initial_value(key, label, st.session_state.get(kept))
    _component(key, {"label": label, "picture": before and tiles.data_url(before)}, on_drawn=drawn)
