"""The teacher's bar for the room above every page: its code, the number of phones, and the controls."""

from __future__ import annotations

import time
from datetime import datetime
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from classroom import answers, codes, rooms
from classroom.errors import ClassroomError, NoRoom, RoomOver, Unavailable
from classroom.rooms import Room
from ui import downloads
from ui import lesson as strip
from ui.classroom import address, follow, lessons, live, phone, qr, session, views, visitor
from ui.classroom.connection import engine

EVERY = 1  # seconds between updates on the projector
# Whether the code fills the page, in the session state. Not a widget key: on a slow browser the message with a widget's
# first value may be replaced by the next run's before it is shown, and the browser then reports its own value.
LOBBY = "classroom: code is shown"
FOLLOWED = "classroom_followed"  # key of the switch that sends every view to the class
MORE = "classroom_more"  # key of the popover "Room"
LAST = "classroom: last that the teacher heard"  # {code: Room}, the newest known to the teacher
SENT = "classroom: step that the teacher has sent"  # {code: step}
UNREACHABLE = (
    "Phones cannot open this address, which names this computer only: start the app again with `make class` (or "
    "`--server.address 0.0.0.0`) in a network. The room stays."
)
STYLE = """<style>
.lobby { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2vw; align-items: center }
.lobby .qr { width: 100%; max-width: max(15rem, var(--window, 100vh) - 22rem); justify-self: end }
.lobby .code { font: 700 clamp(2.5rem, 6vw, 9rem)/1.2 ui-monospace, monospace; white-space: nowrap }
.lobby .address { font-size: clamp(1.2rem, 2vw, 3rem); overflow-wrap: anywhere }
.room-code { font: 700 1.6rem/1.2 ui-monospace, monospace; white-space: nowrap }
.room-count { font-size: 1.2rem; font-variant-numeric: tabular-nums }
@media (max-width: 640px) { .lobby { grid-template-columns: 1fr } .lobby .qr { justify-self: center } }
</style>"""


@st.fragment(run_every=EVERY)
def show(code: str, page: str, base: str) -> None:
    """The bar, updated every second. page: last part of the current address; base: the app's address for phones."""
    with st.container(key=strip.ROOM):
        _show(code, page, base)


def _show(code, page, base):
    last = st.session_state.setdefault(LAST, {})
    problem = None
    try:
        room = live.room(code)
        lessons.lesson(room)
        last[code] = rooms.newest(last.get(code, room), room)
        if LOBBY not in st.session_state:
            st.session_state[LOBBY] = not live.phones(code)
        _steps(code)
        if st.session_state.get(FOLLOWED) and last[code].view != views.now(page):
            steer(code, view=views.now(page))
    except (NoRoom, RoomOver) as error:
        _gone(code, error)
        return
    except ClassroomError as error:
        problem = f"{error} The lesson goes on; the class follows again when it is back."
    room = last.get(code)
    if room is None:
        st.warning(problem)
        return
    follow.run_again_when_shown(room)
    st.html(STYLE)
    question = lessons.question(lessons.lesson(room), room.step)
    with st.container(horizontal=True, vertical_alignment="center"):
        _bar(room, question, base)
    if problem:
        st.warning(problem)
    if st.session_state.get(LOBBY):
        _lobby(room, base)
    elif question is not None and room.revealed == question.key:
        _answers(room, question)


def _steps(code):
    """Send the teacher's step to the class, or follow the step of another teacher with the same link."""
    sent, room, place = st.session_state.setdefault(SENT, {}), st.session_state[LAST][code], strip.current()
    if place is not None and lessons.name(place) == room.lesson and place.step != sent.get(code, place.step):
        sent[code] = steer(code, step=place.step).step
        st.session_state[LOBBY] = False
    elif room.step != sent.get(code, place.step if place else None):
        sent[code] = room.step
        strip.go(lessons.place(room))
        st.rerun()
    else:
        sent[code] = room.step


def steer(code: str, **changes: Any) -> Room:
    """rooms.steer with this visit's secret; raises ClassroomError."""
    room = rooms.steer(engine(), code, visitor.secret(code), **changes)
    live.forget(code)
    st.session_state.setdefault(LAST, {})[code] = room
    return room


def _gone(code, error):
    """The room has ended or was deleted; after its end the answers are kept for a day."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(str(error))
        if isinstance(error, RoomOver):
            last = st.session_state[LAST].get(code)
            _download(code, last.answered if last else 0)
        st.button("Close", on_click=session.leave)


def _bar(room, question, base):
    st.html(f'<span class="room-code">{codes.spaced(room.code)}</span>', width="content")
    st.html(f'<span class="room-count">{_counted(room, question)}</span>', width="content")
    if question is not None:
        shown = room.revealed == question.key
        st.button(
            "Hide the answers" if shown else "Show the answers",
            icon=":material/visibility_off:" if shown else ":material/bar_chart:",
            type="secondary" if shown else "primary",
            on_click=_reveal,
            args=(room.code, "" if shown else question.key),
        )
    st.button(
        "Hide the code" if st.session_state.get(LOBBY) else "Show the code",
        icon=":material/qr_code_2:",
        on_click=_show_code,
        args=(not st.session_state.get(LOBBY),),
        key="classroom_code",
        help="The code as large as the page, for those who join",
    )
    st.toggle(
        "Follow me",
        key=FOLLOWED,
        on_change=_follow_ended,
        args=(room.code,),
        help="Every phone that follows shows what you show, with your settings",
    )
    with st.popover("Room", icon=":material/more_horiz:", key=MORE, on_change="rerun") as more:
        _more(room, base, more.open)


def _counted(room, question):
    """The number of phones, and how many of them have answered the question of this step."""
    try:
        phones = live.phones(room.code)
        answered = sum(live.counts(room.code, question).values()) if question else None
    except ClassroomError:
        return "– phones"
    text = f"{phones} phone{'s' * (phones != 1)}"
    return text if answered is None else f"{text} · {answered} answer{'s' * (answered != 1)}"


def _answers(room, question):
    """The class's answers, with the explanation unless the strip above shows it."""
    prediction, place = lessons.lesson(room).steps[room.step].prediction, lessons.place(room)
    given = strip.given(place.name, place.step)
    try:
        own = None if given is None else question.stored(lessons.as_stored(question, given))
        phone.of_class(room, question, prediction, own, projected=True)
        if prediction is not None and given is None:
            st.markdown(lessons.markdown(prediction.explanation))
    except ClassroomError as error:
        st.warning(str(error))


def _lobby(room, base):
    link = address.join(base, room.code)
    picture = qr.image(link, f"QR code of {link}")
    words = escape(link.partition("://")[2].partition("?")[0])
    st.html(
        f'<div class="lobby">{picture}<div><div class="address">{words}</div>'
        f'<div class="code">{codes.spaced(room.code)}</div><div class="address">{_counted(room, None)}'
        "</div></div></div>"
    )
    if address.unreachable(link):
        st.warning(UNREACHABLE)


def _more(room, base, opened):
    st.markdown(f"Ends by itself at {datetime.fromtimestamp(room.expires):%H:%M}.")
    if st.checkbox("Show my own link, which steers the room", key="classroom_link", help="Not while it is projected"):
        link = f"{address.join(base, room.code)}&teacher={visitor.secret(room.code)}"
        st.code(link, language=None, wrap_lines=True)
    with st.container():
        if opened:
            _download(room.code, room.answered)
    if st.checkbox("Delete the room and all answers", key="classroom_delete"):
        st.button("Delete", type="primary", icon=":material/delete:", on_click=_delete, args=(room.code,))


def _download(code, answered):
    """A button for all answers, or one sentence while the database is unavailable.

    The table is sent with the page: a function that Streamlit calls at the press runs outside the visit, where nobody
    is the teacher.
    """
    try:
        table = _table(code, visitor.secret(code), answered)
    except Unavailable as error:
        st.warning(f"{error} The answers can be downloaded when it is back.")
    except ClassroomError as error:
        st.warning(str(error))
    else:
        downloads.csv(table, f"room_{code}", "Answers as CSV")


@st.cache_data(ttl=60, max_entries=100, show_spinner=False)  # requested every second; `answered` grows with answers
def _table(code: str, secret: str, answered: int) -> pd.DataFrame:
    table = pd.DataFrame(answers.table(engine(), code, secret), columns=answers.COLUMNS)
    table["time"] = [time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds)) for seconds in table["time"]]
    return table


def _try(code, **changes):
    """`steer` for callbacks."""
    try:
        steer(code, **changes)
    except ClassroomError as error:
        st.toast(str(error))


def _show_code(shown):
    st.session_state[LOBBY] = shown


def _reveal(code, key):
    st.session_state[LOBBY] = False
    _try(code, revealed=key)


def _follow_ended(code):
    if not st.session_state[FOLLOWED]:
        _try(code, view="")


def _delete(code):
    try:
        rooms.delete(engine(), code, visitor.secret(code))
        live.forget(code)
    except ClassroomError as error:
        st.toast(str(error))
