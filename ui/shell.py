"""The frame around every page: its margins, and the layout for a projector."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import lesson, networks, url
from ui.classroom import session
from ui.components.reconnect import reconnect
from ui.layout import ORDER
from ui.lesson import Place

# The subject of a page should fit a laptop's screen without scrolling.
MARGINS = """<style>
[data-testid="stMainBlockContainer"] { padding: 3.25rem clamp(1rem, 3.3vw, 3rem) 2rem }
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
LEAVE = "leave_presenting"  # key of the box of the button, which takes no line of its own
PRESENTER = f"""<style>
[data-testid="stHeader"], [data-testid="stSidebar"] {{ display: none }}
[data-testid="stMainBlockContainer"] {{ padding: 1.5rem clamp(1rem, 3.3vw, 3rem); max-width: none }}
[data-testid="stMainBlockContainer"]:has(.st-key-lesson_strip) {{ padding-top: 3rem }} /* below the button */
[data-testid="stLayoutWrapper"]:has(> .st-key-{LEAVE}) {{
  position: absolute; top: 0.5rem; right: 1rem; width: auto; z-index: 1
}}
@media (min-width: 641px) {{ [data-testid="stMainBlockContainer"] {{
  zoom: 1.25;
  --window: 80vh; /* its height */
  --tallest: 51vh; /* of a picture, where it is to fit the screen with what stands above it; zoomed as well */
}} }}
</style>"""


def run(page: StreamlitPage, files: dict[str, str]) -> None:
    """Run a page in the frame; with ?present=true without menus and in large type.

    files: of all pages, by the last part of their addresses.
    """
    place = lesson.arrive(files)
    room = session.arrive()
    url.visit(page.url_path)
    if _presenting():
        st.html(PRESENTER + CONTRAST + ORDER)
        with st.container(key=LEAVE):
            icon = ":material/close_fullscreen:"
            st.button("Leave the presenter layout", icon=icon, on_click=_leave, type="tertiary")
    else:
        st.html(MARGINS + CONTRAST + ORDER)
        st.container(key=LEAVE)  # empty: what follows, also fragments that run at the same time, keeps its place
        st.sidebar.button(
            "Present",
            icon=":material/present_to_all:",
            on_click=_present,
            help="Large type and no menus, for a projector",
        )
        if place is not None and room is None:
            _room(place)
    if room is None:
        lesson.show(place, page.url_path)
    else:
        _in_room(room, place, page.url_path, files)
    try:
        page.run()
    finally:  # also where a page stops early: the next page may need a network
        if room is not None:
            reconnect()
        networks.warm()


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


def introduction(words: str) -> None:
    """What to do on a page and what to look for, under its title; who presents says it, and the picture moves up."""
    if not _presenting():
        st.markdown(words)


def _presenting():
    return url.flag("present")


def _present():
    url.write("present", "true")


def _leave():
    url.write("present", None)
