"""A copy of a visit's bytes in this tab of the browser, with which another server can continue.

A visit's memory ends with its server, or two minutes after the connection was lost. If the same tab then reaches a
server that does not know the visit, it returns the bytes to it. A reloaded page gets them back, too.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui import replica
from ui.components import component

_component = component(Path(__file__).parent)
MOST = 2 * 2**20  # bytes; browsers store five million characters per site, and four of them hold three bytes
# It shows nothing and takes no space in the layout.
HIDDEN = "<style>[class*='st-key-component-kept-'] { display: none }</style>"


def kept(name: str, raw: bytes | None, *, on_back: Callable[[bytes], None]) -> bool:
    """Mount it with the bytes, or with None if there are none: then earlier bytes of this visit are forgotten.

    on_back(raw) is called before the page is rerun, if the tab has bytes that this visit's server lacks. They come from
    a browser: check them. Returns whether the browser has room for them, which it reports a moment later.
    """
    refused = f"kept {name}: the browser has no room"

    def back(text):
        try:
            given = base64.b64decode(text, validate=True)
        except (TypeError, ValueError, binascii.Error):
            return  # our script cannot have sent it
        if len(given) <= MOST:
            on_back(given)

    if raw is not None and len(raw) > MOST:
        raw, st.session_state[refused] = None, True
    data = {"name": name, "visit": replica.visit(), "text": None if raw is None else base64.b64encode(raw).decode()}
    _component(
        f"kept {name}", data, on_back=back, on_stored=lambda stored: st.session_state.update({refused: stored is False})
    )
    return not st.session_state.get(refused, False)
