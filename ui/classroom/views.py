"""A view of the app, as a teacher shows it to the class: page and query, without what belongs to the frame."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ui import url
from ui.lesson.place import FIRST_PAGE, Place


def now(page: str) -> str:
    """What is shown. page: last part of its address."""
    return f"{page or FIRST_PAGE}?{urlencode(url.page_query())}"


def show(view: str, place: Place, code: str, files: dict[str, str]) -> None:
    """Go there, within a lesson and a room; does not return, unless there is no such page in {page: file}."""
    page, _, query = view.partition("?")
    if page not in files:
        return
    wanted = {key: value for key, value in parse_qsl(query) if key not in url.FRAME}
    url.renew()
    st.switch_page(files[page], query_params=wanted | place.query | {"room": code})
