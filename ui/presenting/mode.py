"""Whether a visitor presents. The mode lasts across pages; it is also in the address, so that a link can start it."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui import url

KEY = "presenting"  # in the session state


def arrive() -> None:
    """Call it at the start of every run, before anything that may open another page.

    The address is used in the first run of a visit and after Back and Forward. Otherwise it lags behind or comes from a
    link inside the app, and the mode stays.
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
