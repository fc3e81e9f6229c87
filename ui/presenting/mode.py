"""Whether a visitor presents. It lasts from page to page; the address says it too, so that a link can begin with it."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui import url

KEY = "presenting"  # whether, in the session state


def arrive() -> None:
    """Called at the start of every run, before what may open another page.

    The address counts at the first run of a visit and after Back and Forward. Otherwise it lags behind, or comes from
    a link inside of the app, and the mode stays.
    """
    context = get_script_run_ctx()
    if KEY not in st.session_state or (context is not None and context.is_history_navigation):
        st.session_state[KEY] = url.flag("present")
    url.write("present", "true" if active() else None)


def active() -> bool:
    return st.session_state.get(KEY, False)


def begin() -> None:
    """For callbacks, like `leave`."""
    st.session_state[KEY] = True


def leave() -> None:
    st.session_state[KEY] = False
