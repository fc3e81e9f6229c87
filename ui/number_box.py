"""Streamlit's number input with one rule: invalid text restores the last valid number, and a message says so.

By itself Streamlit silently restores the initial value. Numbers out of bounds never arrive here: the browser states
the bounds and waits.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

_LAST = "last numbers of the boxes"  # {key: number} in the session state


def number_box(key: str, low: float, high: float, default: float, *, label: str, **options: Any) -> Any:
    """A number in [low, high], an integer if these are integers; options are those of st.number_input."""
    st.session_state[key] = min(max(number_in(key, label, default), low), high)
    # With the default None an emptied box gives None, which differs from every number.
    number = st.number_input(label, low, high, None, key=key, **options)
    _last()[key] = number
    return number


def number_in(key: str, label: str, default: float) -> Any:
    """The number in a box, also inside a callback; if the box has no number: the last valid one, or the default."""
    number = st.session_state.get(key, default)
    if number is None:
        number = _last().get(key, default)
        st.toast(f"{label} takes a number; {number:,} was kept.", icon=":material/error:")
    return number


def _last():
    return st.session_state.setdefault(_LAST, {})
