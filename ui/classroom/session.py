"""The room that a visit is in: taken from the address, and remembered on other pages."""

from __future__ import annotations

import streamlit as st

from classroom import codes
from ui import url

ROOM = "classroom: room of this visit"  # its code
REFUSED = "classroom: why this visit is in no room"  # a sentence, until another page or a room is opened


def arrive() -> str | None:
    """Call it at the start of every run: returns the code of the room and puts it into the address. Only the database
    knows whether the room exists."""
    code = codes.typed(url.query().get("room", ""))
    if code:
        st.session_state[ROOM] = code
        forget()
    elif (code := current()) is not None and not url.holds("room"):
        url.write("room", code)
    return current()


def current() -> str | None:
    return st.session_state.get(ROOM)


def leave() -> None:
    """Leave the room; the current page stays."""
    st.session_state.pop(ROOM, None)
    url.write("room", None)


def refused(sentence: str) -> None:
    """Leave, and say why from now on: live components let the page run again at once, without a hand."""
    leave()
    st.session_state[REFUSED] = sentence


def notice() -> str | None:
    """The sentence of the last refusal; None if there is none."""
    return st.session_state.get(REFUSED)


def forget() -> None:
    """Drop that sentence, as when another page is opened."""
    st.session_state.pop(REFUSED, None)
