"""Query parameters: what an opened link asks for, and what the app writes there itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

WRITTEN = "link: texts that the app wrote"  # {query parameter: text} in the session state
RECENT = "link: texts that this page wrote"  # {query parameter: [texts], the newest last}
MOST = 100  # of them


def opened(key: str) -> str | None:
    """The text of a query parameter of a link that was opened or that another page sent.

    None where there is none, and where it is what the app wrote there itself, also some runs ago: the browser's address
    lags behind, and an older text taken for a link would put back what a hand has moved in the meantime.
    """
    text = st.query_params.get(key)
    return None if text == written(key) or text in st.session_state.get(RECENT, {}).get(key, ()) else text


def visit(page: str) -> None:
    """Called at the start of every run: on a page other than before, the address is a link again."""
    if st.session_state.get("link: page") != page:
        st.session_state["link: page"], st.session_state[RECENT] = page, {}


def written(key: str) -> str | None:
    """What the app wrote last into a query parameter, on this page or another one."""
    return st.session_state.get(WRITTEN, {}).get(key)


def write(key: str, text: str | None) -> None:
    """Put a text into the link, None takes it out."""
    st.session_state.setdefault(WRITTEN, {})[key] = text
    recent = st.session_state.setdefault(RECENT, {}).setdefault(key, [])
    if text is not None and text not in recent[-1:]:
        recent.append(text)
        del recent[:-MOST]
    if text is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != text:
        st.query_params[key] = text


@dataclass(frozen=True)
class Param:
    """A query parameter: parse(text) gives its value or raises ValueError, format(value) gives the text back."""

    key: str
    parse: Callable[[str], Any]
    format: Callable[[Any], str]
    valid: Callable[[Any], bool]

    def requested(self, default: Any, problem: str) -> Any:
        """The value in a link that was opened, None where none was.

        Where its text is no valid value: `default`, and `problem` as a warning.
        """
        text = opened(self.key)
        if text is None:
            return None
        try:
            value = self.parse(text)
            if self.valid(value):
                return value
        except ValueError:
            pass
        st.warning(problem)
        return default

    def write(self, value: Any, default: Any) -> None:
        write(self.key, self.format(value) if value != default else None)


def natural(text: str) -> int:
    """A whole number from 0 on, of at most 11 digits; ValueError for any other text."""
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise ValueError(f"“{text[:20]}” is no whole number")
    return int(text)


def index(key: str, count: int, problem: str) -> int | None:
    """The number in the link from 0 to count − 1; None where there is none, with `problem` where it is another text."""
    text = st.query_params.get(key)
    if text is None:
        return None
    try:
        if (number := natural(text)) < count:
            return number
    except ValueError:
        pass
    st.warning(problem)
    return None


def address() -> str:
    """The address of what is shown now, without the layout for a projector."""
    page = (st.context.url or "").partition("?")[0]
    query = {key: value for key, value in st.query_params.items() if key != "present"}
    return f"{page}?{urlencode(query)}" if query else page
