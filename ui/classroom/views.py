"""A view of the app that a teacher shows to the class: page and query, without parameters of the frame."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ui import url
from ui.lesson.place import FIRST_PAGE, Place


def now(page: str) -> str:
    """The current view. page: last part of its address."""
    return f"{page or FIRST_PAGE}?{urlencode(url.page_query())}"


def show(view: str, place: Place, code: str, files: dict[str, str]) -> None:
    """Open a view within a lesson and a room; returns only if {page: file} has no such page."""
    page, _, query = view.partition("?")
    if page not in files:
        return
    wanted = {key: value for key, value in parse_qsl(query) if key not in url.FRAME}
    url.renew()
    st.switch_page(files[page], query_params=wanted | place.query | {"room": code})
