"""The frame around every page: its margins, and the layout for a projector."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import lesson, networks, url

# The subject of a page should fit a laptop's screen without scrolling.
MARGINS = """<style>
[data-testid="stMainBlockContainer"] { padding: 3.25rem clamp(1rem, 3.3vw, 3rem) 2rem }
[data-testid="stNavSectionHeader"] > div { visibility: visible } /* its arrow, which would wait for a pointer */
</style>"""
AFTER = "after_the_picture"  # key of a container in a column that on a phone comes after the other column
# Where columns stand one under the other, that column and its block have no boxes, so that its parts can be ordered.
_COLUMN = f"[data-testid='stColumn']:has(.st-key-{AFTER})"
ORDER = f"""<style>@media (max-width: 640px) {{
  {_COLUMN}, {_COLUMN} > * {{ display: contents }}
  {_COLUMN} > * > * {{ flex: 0 0 100% }}
  {_COLUMN} > * > :is(.st-key-{AFTER}, :has(> .st-key-{AFTER})) {{ order: 1 }}
}}</style>"""
PRESENTER = """<style>
[data-testid="stHeader"], [data-testid="stSidebar"] { display: none }
[data-testid="stMainBlockContainer"] { padding: 1.5rem 3rem; max-width: none; zoom: 1.25 }
</style>"""


def run(page: StreamlitPage, files: dict[str, str]) -> None:
    """Run a page in the frame; with ?present=true without menus and in large type.

    files: of all pages, by the last part of their addresses.
    """
    place = lesson.arrive(files)
    url.visit(page.url_path)
    if st.query_params.get("present") == "true":
        st.html(PRESENTER)
        st.button("Leave the presenter layout", icon=":material/close_fullscreen:", on_click=_leave, type="tertiary")
    else:
        st.html(MARGINS + ORDER)
        st.sidebar.button(
            "Present",
            icon=":material/present_to_all:",
            on_click=_present,
            help="Large type and no menus, for a projector",
        )
    lesson.show(place, page.url_path)
    try:
        page.run()
    finally:  # also where a page stops early: the next page may need a network
        networks.warm()


def _present():
    st.query_params["present"] = "true"


def _leave():
    del st.query_params["present"]
