"""Which room a visit is in: the address says it, and the visit remembers it on other pages."""

from __future__ import annotations

import streamlit as st

from classroom import codes
from ui import url

ROOM = "classroom: room of this visit"  # its code


def arrive() -> str | None:
    """At the start of every run: the code of the room, which is then in the address, too. Whether there is such a room,
    the database knows."""
    code = codes.typed(url.query().get("room", ""))
    if code:
        st.session_state[ROOM] = code
    elif (code := current()) is not None and not url.holds("room"):
        url.write("room", code)
    return current()


def current() -> str | None:
    return st.session_state.get(ROOM)


def leave() -> None:
    """The page that is shown stays."""
    st.session_state.pop(ROOM, None)
    url.write("room", None)
