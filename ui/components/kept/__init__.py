"""Bytes of a visit that this tab of the browser keeps, too, so that another server goes on with them.

A visit's memory ends with its server, and two minutes after the connection was lost. The same tab then comes to a
server that knows nothing of it, and gives it back what it kept. A page that is loaded again gets it back, too.
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
MOST = 2 * 2**20  # bytes: a browser keeps five million letters for a site, and four of them hold three bytes
# It has nothing to show, and no place in the layout.
HIDDEN = "<style>[class*='st-key-component-kept-'] { display: none }</style>"


def kept(name: str, raw: bytes | None, *, on_back: Callable[[bytes], None]) -> bool:
    """Mount it where `raw` is known; None: there is nothing, and what this visit kept before is forgotten.

    on_back(raw) is called before the page runs again when the tab has bytes that this visit's server does not have.
    They come from a browser: check them. Returns whether the browser can keep them; it says so a moment later.
    """
    refused = f"kept {name}: the browser has no room"

    def back(text):
        try:
            given = base64.b64decode(text, validate=True)
        except (TypeError, ValueError, binascii.Error):
            return  # not what our script sends
        if len(given) <= MOST:
            on_back(given)

    if raw is not None and len(raw) > MOST:
        raw, st.session_state[refused] = None, True
    data = {"name": name, "visit": replica.visit(), "text": None if raw is None else base64.b64encode(raw).decode()}
    _component(
        f"kept {name}", data, on_back=back, on_stored=lambda stored: st.session_state.update({refused: stored is False})
    )
    return not st.session_state.get(refused, False)
