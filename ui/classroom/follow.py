"""Following the teacher, to the next step and to every view sent to the class, or continuing alone."""

from __future__ import annotations

import streamlit as st

from classroom.rooms import Room
from ui import lesson as strip
from ui.classroom import lessons, views

FOLLOWS = "classroom: follows the teacher"
FOLLOWED = "classroom: what was followed last"  # {code: (step, view)}, the last ones followed
REVEALED = "classroom: answers that were shown in the run before"  # (code, question)
KEY = "classroom_follow"  # key of the switch


def follows() -> bool:
    return st.session_state.get(FOLLOWS, True)


def switch(words: str) -> bool:
    """Draw the switch with this label; returns whether this visit follows."""

    def changed():
        st.session_state[FOLLOWS] = st.session_state[KEY]
        st.session_state.pop(FOLLOWED, None)  # return to the teacher's view

    st.toggle(words, value=follows(), key=KEY, on_change=changed)
    return follows()


def go(room: Room, files: dict[str, str], *, steps: bool) -> None:
    """Open the teacher's new step or view, if any; does not return in that case. files: {page: file}.

    steps: whether new steps are opened; the phone's own page shows the question itself. Each step or view is opened
    only once, so that students may look around until the next one.
    """
    now = (room.step, room.view)
    followed = st.session_state.setdefault(FOLLOWED, {})
    if not follows() or followed.get(room.code) == now:
        return
    followed[room.code] = now
    if room.view:
        views.show(room.view, lessons.place(room), room.code, files)
    elif steps and strip.current() != lessons.place(room):
        strip.go(lessons.place(room))
        st.rerun()


def run_again_when_shown(room: Room) -> None:
    """Rerun the page when the teacher shows or hides answers, since the strip then explains, or covers the page."""
    seen = st.session_state.get(REVEALED)
    st.session_state[REVEALED] = (room.code, room.revealed)
    if seen is not None and seen != (room.code, room.revealed) and strip.current() is not None:
        st.rerun()
