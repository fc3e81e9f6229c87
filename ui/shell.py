"""The frame around every page: its margins, and the layout for a projector."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from checkpoints.errors import CheckpointError
from tasks.errors import TaskError
from ui import leaving, lesson, memory, networks, url
from ui.classroom import session
from ui.components import kept, next_run
from ui.components.reconnect import BESIDE, reconnect
from ui.layout import ORDER
from ui.lesson import Place
from ui.presenting import hand, mode
from ui.presenting.style import INTRODUCTION, PRESENTER, STYLE

# The subject of a page should fit a laptop's screen without scrolling. What comes first begins below the library's
# header; above a title's own letters there is room enough.
MARGINS = """<style>
[data-testid="stMainBlockContainer"] { padding: 3.75rem clamp(1rem, 3.3vw, 3rem) 2rem }
[data-testid="stMainBlockContainer"] h1 { padding-top: 0.75rem }
[data-testid="stNavSectionHeader"] > div { visibility: visible } /* its arrow, which would wait for a pointer */
</style>"""
# Small type needs a contrast of 4.5 (WCAG 2.2, 1.4.3). The library's captions have 4.4, its charts' numbers 3.7, and
# its white words on the light blue of the dark theme 2.3.
CONTRAST = """<style>
[data-testid="stCaptionContainer"] { opacity: 0.7 }
.js-plotly-plot :is(
  [class$="tick"] text, [class^="x"][class$="title"], [class^="y"][class$="title"], .gtitle-subtitle) {
  fill: currentColor !important; fill-opacity: 0.75 !important }
:is([data-testid^="stBaseButton-primary"], [data-testid="stMultiSelect"] [data-tag]), [data-tag] > * {
  color: light-dark(#fff, #0f1220) }
</style>"""
# While the page runs, the library makes pale what has not come again. A live component is not out of date: its pictures
# and sliders go on in the browser while the server draws its own.
LIVE = """<style>
[data-testid="stElementContainer"][class*="st-key-component-"][data-stale="true"] { opacity: 1 !important }
</style>"""
# On a phone all columns of a table are in sight.
TABLES = """<style>
@media (max-width: 640px) { [data-testid="stTable"] :is(td, th) { padding-inline: 3px !important } }
</style>"""
PRESENT_HELP = (
    "Large type and no menus, for a projector. Then F is full screen, B a black screen, L a pointer, N opens speaker "
    "notes, M the menu, and ? shows all keys."
)


def run(page: StreamlitPage, files: dict[str, str]) -> None:
    """Run a page in the frame; with ?present=true without menus and in large type.

    files: of all pages, by the last part of their addresses.
    """
    mode.arrive()
    place = lesson.arrive(files)
    room = session.arrive()
    if url.visit(page.url_path):
        leaving.forget()
        session.forget()
    st.html(
        (STYLE if mode.active() else MARGINS)
        + CONTRAST
        + LIVE
        + TABLES
        + ORDER
        + kept.HIDDEN
        + next_run.HIDDEN
        + BESIDE
    )
    reconnect()  # first: a page that stops early would end before it
    with st.container(key=PRESENTER):  # else empty: what follows, also fragments that run at once, keeps its place
        if mode.active():
            hand.show(page.title, place if _may_read_answers(room) else None)
    if mode.active():
        icon = ":material/close_fullscreen:"
        st.sidebar.button("Leave the presenter layout", icon=icon, on_click=mode.leave)
    else:
        icon = ":material/present_to_all:"
        st.sidebar.button("Present", icon=icon, on_click=mode.begin, help=PRESENT_HELP)
    if place is not None and room is None:
        _room(place)
    if room is None:
        lesson.show(place, page.url_path)
        if (refused := session.notice()) is not None:
            with st.container(key=lesson.ROOM):
                st.warning(refused)
    else:
        _in_room(room, place, page.url_path, files)
    try:
        page.run()
    except (CheckpointError, TaskError) as error:  # what a page does not find in a card, or a cluster cannot do
        st.error(str(error))
    finally:  # also where a page stops early: the next page may need a network
        networks.warm()
        memory.used()


def _room(place: Place) -> None:
    if st.sidebar.button("Open a room", icon=":material/groups:", help="A class joins this lesson with its phones"):
        from classroom.errors import ClassroomError  # a database, which no other page waits for
        from ui.classroom import frame

        try:
            frame.open_room(place)
        except ClassroomError as error:
            st.sidebar.error(str(error))


def _in_room(code: str, place: Place | None, page: str, files: dict[str, str]) -> None:
    """The strip of the lesson, and what the room adds to it; the page of phones has all of its own."""
    from ui.classroom import address, frame

    if page == address.PHONE_PAGE:
        return
    lesson.show(place, page, frame.answers(code))
    frame.show(code, page, files)


def _may_read_answers(room):
    """A student in a room of a class may not, who may present as well."""
    if room is None:
        return True
    from ui.classroom import frame

    return frame.teaches(room)


def introduction(words: str) -> None:
    """What to do on a page and what to look for, under its title.

    Who presents says it: then it stands in the speaker's notes only, and the picture moves up. So it does in a lesson,
    which says it in its own words (ui/lesson/strip.py).
    """
    if mode.active() or lesson.current() is not None:
        with st.container(key=INTRODUCTION):
            st.markdown(words)
    else:
        st.markdown(words)
