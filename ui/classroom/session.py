"""Which room a visit is in: the address says it, and the visit remembers it on other pages."""

from __future__ import annotations

import streamlit as st

from classroom import codes

ROOM = "classroom: room of this visit"  # its code


def arrive() -> str | None:
    """At the start of every run: the code of the room, which is then in the address, too. Whether there is such a room,
    the database knows."""
    code = codes.typed(st.query_params.get("room", ""))
    if code:
        st.session_state[ROOM] = code
    elif (code := current()) is not None and "room" not in st.query_params:
        st.query_params["room"] = code
    return current()


def current() -> str | None:
    return st.session_state.get(ROOM)


def leave() -> None:
    """The page that is shown stays."""
    st.session_state.pop(ROOM, None)
    st.query_params.pop("room", None)
