"""One heavy piece of work at a time: two cores shared by a class stay usable when all of them press the button."""

import threading

import streamlit as st


@st.cache_resource(show_spinner=False)
def taken():
    """A lock for a piece of work of at most about half a second: `with turn.taken(): …`. Others wait for their turn."""
    return threading.Lock()
