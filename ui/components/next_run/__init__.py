"""Says to the server that the browser has a run of the page, so that the next one may follow."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.components import component
from ui.components.reconnect import RUN

_component = component(Path(__file__).parent)
# It has nothing to show, and no place in the layout.
HIDDEN = "<style>[class*='st-key-component-next-run'] { display: none }</style>"


def next_run(number: int, on_drawn: Callable[[object], None]) -> None:
    """Mount it at the end of a run of that number. on_drawn(number) is called when the browser has all before it.

    It says so again after a connection that was lost.
    """
    _component("next run", {"number": number, "connection": st.session_state.get(RUN)}, on_drawn=on_drawn)
