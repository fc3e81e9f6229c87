"""Runs the page again when the connection to the server is back, and keeps the hand off it until then."""

import secrets
from pathlib import Path

import streamlit as st

from ui.components import component

_component = component(Path(__file__).parent)
RUN = "reconnect: which run this is, after which connection"  # in the session state; another one in each session


def reconnect() -> None:
    """Mount it at the end of a page, outside of fragments: the whole page runs when it reports."""

    def back(_):
        st.session_state[RUN] = secrets.token_hex(4)

    _component("reconnect", {"run": st.session_state.setdefault(RUN, secrets.token_hex(4))}, on_back=back)
