"""Streamlit's box for a typed number, with one rule: nonsense leaves the last good number, and a sentence says so.

Of itself Streamlit puts the box's first value there, without a word. A number out of bounds never gets here: the
browser says what is allowed and waits.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

_LAST = "last numbers of the boxes"  # {key: number} in the session state


def number_box(key: str, low: float, high: float, default: float, *, label: str, **options: Any) -> Any:
    """A number of [low, high], whole where these are; options are those of st.number_input."""
    st.session_state[key] = min(max(number_in(key, label, default), low), high)
    # With None as its own value an emptied box is None, which can be told from a number.
    number = st.number_input(label, low, high, None, key=key, **options)
    _last()[key] = number
    return number


def number_in(key: str, label: str, default: float) -> Any:
    """What a box holds, also in a callback; where it holds no number: the last good one, or the default."""
    number = st.session_state.get(key, default)
    if number is None:
        number = _last().get(key, default)
        st.toast(f"{label} takes a number; {number:,} was kept.", icon=":material/error:")
    return number


def _last():
    return st.session_state.setdefault(_LAST, {})
