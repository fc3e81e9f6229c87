"""Tells the server that the browser has received a run of the page, so that the next one may follow."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.components import component
from ui.components.reconnect import RUN

_component = component(Path(__file__).parent)
# It shows nothing and takes no space in the layout.
HIDDEN = "<style>[class*='st-key-component-next-run'] { display: none }</style>"


def next_run(number: int, on_drawn: Callable[[object], None]) -> None:
    """Mount it at the end of run `number`. on_drawn(number) is called when the browser has everything before it.

    It is called again after a lost connection.
    """
    _component("next run", {"number": number, "connection": st.session_state.get(RUN)}, on_drawn=on_drawn)
