"""This visit's identity in a room: an anonymous id, the address to which limits apply, a teacher's secret."""

from __future__ import annotations

import streamlit as st

from classroom import codes
from ui.classroom.doors import PARTICIPANT, TEACHER

OWN_ID = "classroom: id of this visit"


def participant() -> str:
    """The browser's id; an id of this visit if the browser keeps no cookies."""
    cookie = st.context.cookies.get(PARTICIPANT, "")
    if codes.is_secret(cookie):
        return cookie
    return st.session_state.setdefault(OWN_ID, codes.new_secret())


def client() -> str:
    """The address to which limits apply."""
    return (st.context.ip_address or "this computer")[:60]


def secret(code: str) -> str:
    """The teacher's secret of a room; "" if this browser has none. The room checks whether it is right."""
    cookie = st.context.cookies.get(TEACHER + code, "")
    return cookie if codes.is_secret(cookie) else ""
