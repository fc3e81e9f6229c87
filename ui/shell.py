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

# A page's main content should fit a laptop's screen without scrolling. The content starts directly below the library's
# header; the line height of the title leaves enough space.
MARGINS = """<style>
[data-testid="stMainBlockContainer"] { padding: 3.75rem clamp(1rem, 3.3vw, 3rem) 2rem }
[data-testid="stMainBlockContainer"] h1 { padding-top: 0.75rem }
[data-testid="stNavSectionHeader"] > div { visibility: visible } /* its arrow, which would wait for a pointer */
</style>"""
# Small type needs a contrast of 4.5 (WCAG 2.2, 1.4.3). The library's captions have 4.4, its charts' numbers 3.7, the
# names of hidden curves 3.0, and its white words on the light blue of the dark theme 2.3.
CONTRAST = """<style>
[data-testid="stCaptionContainer"] { opacity: 0.7 }
.js-plotly-plot :is(
  [class$="tick"] text, [class^="x"][class$="title"], [class^="y"][class$="title"], .gtitle-subtitle) {
  fill: currentColor !important; fill-opacity: 0.75 !important }
.js-plotly-plot .traces[style*="opacity: 0.5"] { opacity: 1 !important }
.js-plotly-plot .traces[style*="opacity: 0.5"] .legendtext { text-decoration: line-through; opacity: 0.75 }
:is([data-testid^="stBaseButton-primary"], [data-testid="stMultiSelect"] [data-tag]), [data-tag] > * {
  color: light-dark(#fff, #0f1220) }
</style>"""
# The library marks a link that has the focus of the keyboard only by a background of nearly the same colour.
FOCUS = """<style>
:is([data-testid="stSidebarNavLink"], [data-testid="stPageLink-NavLink"]):focus-visible {
  outline: 2px solid currentColor; outline-offset: -2px }
</style>"""
# While the page runs, the library fades elements that have not been sent again. A live component is not out of date:
# its pictures and sliders keep working in the browser while the server draws its own.
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
    margins = STYLE if mode.active() else MARGINS
    st.html(margins + CONTRAST + FOCUS + LIVE + TABLES + ORDER + kept.HIDDEN + next_run.HIDDEN + BESIDE)
    reconnect()  # first: a page that stops early would skip it
    with st.container(key=PRESENTER):  # else empty, so that what follows, also fragments run alone, keeps its place
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
    except (CheckpointError, TaskError) as error:  # a card lacks what a page needs, or a cluster fails
        st.error(str(error))
    finally:  # also if a page stops early: the next page may need a network
        networks.warm()
        memory.used()


def _room(place: Place) -> None:
    if st.sidebar.button("Open a room", icon=":material/groups:", help="A class joins this lesson with its phones"):
        from classroom.errors import ClassroomError  # imports a database, which no other page should wait for
        from ui.classroom import frame

        try:
            frame.open_room(place)
        except ClassroomError as error:
            st.sidebar.error(str(error))


def _in_room(code: str, place: Place | None, page: str, files: dict[str, str]) -> None:
    """The strip of the lesson, with the room's additions; the page for phones has its own."""
    from ui.classroom import address, frame

    if page == address.PHONE_PAGE:
        return
    lesson.show(place, page, frame.answers(code))
    frame.show(code, page, files)


def _may_read_answers(room):
    """Whether the user may read answers: not a student in a room, who may present as well."""
    if room is None:
        return True
    from ui.classroom import frame

    return frame.teaches(room)


def introduction(words: str) -> None:
    """What to do on a page and what to look for, below its title.

    A presenter says this aloud: it then appears only in the speaker's notes, and the picture moves up. So it does in a
    lesson, which has its own words (ui/lesson/strip.py).
    """
    if mode.active() or lesson.current() is not None:
        with st.container(key=INTRODUCTION):
            st.markdown(words)
    else:
        st.markdown(words)
