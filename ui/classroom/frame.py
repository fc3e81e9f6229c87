"""Additions to every page in a room: the bar for its teacher, one line for students."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from classroom import codes, rooms
from classroom.errors import ClassroomError, Unavailable
from ui import lesson as strip
from ui import url
from ui.classroom import address, bar, follow, lessons, live, presence, reload, session, visitor
from ui.classroom.connection import engine
from ui.classroom.own import OfStudent, OfTeacher
from ui.lesson import Place

EVERY = 2  # seconds between updates of a student's page
TEACHES = "classroom: rooms in which this visit is the teacher"  # {code: whether this visit is the room's teacher}


def teaches(code: str) -> bool:
    """Whether this browser has the secret of the room."""
    secret, known = visitor.secret(code), st.session_state.setdefault(TEACHES, {})
    if not secret:
        return False
    if code not in known:
        try:
            known[code] = rooms.is_teacher(engine(), code, secret)
        except ClassroomError:
            return True  # asked again next time; until then the database checks every change
    return known[code]


def open_room(place: Place) -> None:
    """Open a room at this step, and the current page in it; raises ClassroomError."""
    room, secret = rooms.open_room(engine(), lessons.name(place), visitor.client(), place.step)
    reload.at(url.query() | {"room": room.code, "teacher": secret})


def answers(code: str) -> OfStudent | None:
    """The storage of the lesson strip's answers in the room; None if it cannot be read now.

    A student whom the room does not take leaves it, and the page runs again: a wrong code is asked for, and counted,
    once.
    """
    teacher = teaches(code)
    try:
        if teacher:
            return OfTeacher(live.room(code))
        if not presence.entered(code):
            presence.enter(code)
        return OfStudent(presence.news(code)[0])
    except ClassroomError as error:
        if not teacher and not isinstance(error, Unavailable):
            _refuse(code, error)
        return None


def show(code: str, page: str, files: dict[str, str]) -> None:
    """The additions above a page. page: last part of its address; files: {page: file}."""
    if teaches(code):
        bar.show(code, page, address.base(page))
    else:
        beside(code, files)


@st.fragment(run_every=EVERY)
def beside(code: str, files: dict[str, str]) -> None:
    """The line for students."""
    with st.container(key=strip.ROOM, horizontal=True, vertical_alignment="center"):
        try:
            if not presence.entered(code):
                presence.enter(code)
            room, problem = presence.news(code)
            follow.go(room, files, steps=True)
        except Unavailable as error:
            st.caption(f"{presence.sentence(code, error)} {presence.words_of(code)['joins_later']}")
            return
        except ClassroomError as error:
            _refuse(code, error)
        said = lessons.words_of(room)
        st.caption(said["room"].format(code=f"**{codes.spaced(code)}**"), width="content")
        follow.switch(said["follow"])
        if st.button(said["question"], icon=":material/smartphone:", type="tertiary"):
            st.switch_page("classroom/join.py", query_params={"room": code})
        follow.run_again_when_shown(room)
        if problem:
            st.warning(problem)


def _refuse(code, error) -> NoReturn:
    """Leaves the room, says why, and runs all of the page again: without a code that would be asked for again."""
    goes_on = "" if strip.current() is None else f" {presence.words_of(code)['without_room']}"
    session.refused(f"{presence.sentence(code, error)}{goes_on}")
    st.rerun()
