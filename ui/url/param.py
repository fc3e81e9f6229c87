"""Query parameters: what an opened link asks for, and what the app writes there itself."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lessons.model import FRAME

WRITTEN = "link: texts that the app wrote"  # {query parameter: text} in the session state
VISIT = "link: visit of a page"  # the Visit in the session state
RENEWED = "link: the next run is a new visit"  # in the session state
MOST = 100  # texts of one parameter that a visit remembers, at most
MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")  # characters that a backslash escapes
# Where a joiner stops Streamlit from making a bare address a link: backslashes before its characters do not.
ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
JOINER = "\u2060"  # invisible, and does not allow a line break
LASTS = 20.0  # seconds, at least, for which a warning about a link stays
_PLACE: ContextVar[DeltaGenerator | None] = ContextVar("place of the warnings", default=None)  # None: where they arise


@dataclass
class Visit:
    """The time from opening a page until another one is opened.

    texts: for each parameter the texts that were read from the address or written into it, the newest last. complete:
    whether it began with Back, Forward or a step of a lesson, so that the address holds all values that differ from the
    defaults. known: parameters whose value has been decided since. number: changes when a page is opened again
    directly. problems: {parameter: (warning, time of the warning)}. widgets: keys of the page's widgets so far.
    """

    page: str
    complete: bool
    number: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    problems: dict[str, tuple[str, float]] = field(default_factory=dict)
    widgets: set[str] = field(default_factory=set)

    def note(self, key: str, text: str | None) -> None:
        """Remember a text that was read or written; the parameter's value is then decided."""
        self.known.add(key)
        texts = self.texts.setdefault(key, [])
        if text is not None and text not in texts[-1:]:
            texts.append(text)
            del texts[:-MOST]


def visit(page: str) -> bool:
    """Call it at the start of every run. On another page, and after Back or Forward, the address counts as a new link.

    Returns whether the page differs from that of the previous run.
    """
    context = get_script_run_ctx()
    before = _visit()
    complete = st.session_state.pop(RENEWED, False) or (context is not None and context.is_history_navigation)
    if before.page != page:
        for key in before.widgets:
            st.session_state.pop(key, None)  # a widget of the new page may have the same key and another default
    if complete or before.page != page:
        same = before.page == page
        st.session_state[VISIT] = Visit(page, complete, before.number + same, widgets=before.widgets if same else set())
        # Make the browser's address equal to what was read: the previous page may have added parameters late.
        st.query_params.update({})
    return before.page != page


def renew() -> None:
    """Make the next run treat the address as a complete link, even if the page does not change."""
    st.session_state[RENEWED] = True


def visit_number() -> int:
    """A number that changes when the current page is opened again, so that live components start anew."""
    return _visit().number


def _visit() -> Visit:
    return st.session_state.setdefault(VISIT, Visit("", False))


def opened(key: str) -> str | None:
    """The text of a query parameter in a link that was opened or sent by another page: once per visit.

    None if there is none, or if the app wrote it itself, even some runs ago: the browser's address lags behind, and an
    older text taken for a link would undo what the user has moved in the meantime.
    """
    text = st.query_params.get(key)
    if text is None or text in _visit().texts.get(key, ()):
        return None
    _visit().note(key, text)
    return text


@contextlib.contextmanager
def warnings_in(place: DeltaGenerator) -> Iterator[None]:
    """Show warnings by `warning` in this container: in a closed popover or expander nobody would see them."""
    token = _PLACE.set(place)
    try:
        yield
    finally:
        _PLACE.reset(token)


def warn(key: str, problem: str) -> None:
    """Show a warning about a parameter of the link, now and, by `remind`, in the runs that follow soon."""
    _visit().problems[key] = (problem, time.monotonic())
    warning(problem)


def remind(key: str) -> None:
    """Repeat the warning for LASTS seconds: components report by themselves when their networks have loaded, and the
    run that follows would remove the warning before anybody has read it."""
    problem, since = _visit().problems.get(key, ("", 0.0))
    if problem and time.monotonic() - since < LASTS:
        warning(problem)


def warning(problem: str) -> None:
    """Show a warning here, or in the container of `warnings_in`."""
    (_PLACE.get() or st).warning(problem)


def forget(key: str) -> None:
    """Drop the parameter's warning, since its value has changed."""
    _visit().problems.pop(key, None)


def left_out(key: str) -> bool:
    """Whether Back or Forward led to an address without this parameter, so that its default applies. Once per visit."""
    first = _visit().complete and key not in _visit().known and key not in st.query_params
    decided(key)
    return first


def widget(key: str) -> None:
    """The page that is shown has a widget with this key, whose value ends with the visit of the page."""
    _visit().widgets.add(key)


def decided(key: str) -> None:
    """From now on in this visit, the absence of this parameter from the address means nothing."""
    _visit().known.add(key)


def written(key: str) -> str | None:
    """The text that the app last wrote into a query parameter, on any page."""
    return st.session_state.get(WRITTEN, {}).get(key)


def write(key: str, text: str | None) -> None:
    """Put a text into the link; None removes the parameter."""
    st.session_state.setdefault(WRITTEN, {})[key] = text
    _visit().note(key, text)
    if text is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != text:
        st.query_params[key] = text


@dataclass(frozen=True)
class Param:
    """A query parameter: parse(text) returns its value or raises ValueError, format(value) returns the text."""

    key: str
    parse: Callable[[str], Any] = str
    format: Callable[[Any], str] = str
    valid: Callable[[Any], bool] = lambda value: True

    def requested(self, default: Any, problem: str) -> Any:
        """The value in a link that was opened; `default` if Back led to a link without it, else None.

        If its text is not a valid value: `default`, with `problem` as a warning.
        """
        text = opened(self.key)
        if text is None:
            if default is not None and st.session_state.get(self.key, default) != default:
                forget(self.key)
            remind(self.key)
            return default if left_out(self.key) else None
        return self._checked(text, default, problem)

    def in_link(self, default: Any, problem: str | None = None) -> Any:
        """The value in the address now, whoever wrote it; `default` if there is none or its text is not valid.

        problem: the warning in that case, with {text} for the text; without it, the message of the error from `parse`.
        """
        text = st.query_params.get(self.key)
        return default if text is None else self._checked(text, default, problem)

    def _checked(self, text: str, default: Any, problem: str | None) -> Any:
        reason = f"This link asks for “{quoted(text)}” as {self.key}, which does not exist, so it is left out."
        try:
            value = self.parse(text)
            if self.valid(value):
                return value
        except ValueError as error:
            reason = str(error)
        warn(self.key, reason if problem is None else problem.replace("{text}", quoted(text)))
        return default

    def write(self, value: Any, default: Any) -> None:
        if value != default:
            forget(self.key)
        write(self.key, self.format(value) if value != default else None)


def quoted(text: str) -> str:
    """The first 20 characters of a text for use in a sentence, with Markdown escaped."""
    return plain(text[:20])


def plain(text: str) -> str:
    """A text with Markdown escaped and addresses not turned into links, since anybody can write a link."""
    return MARKDOWN.sub(r"\\\g<0>", ADDRESS.sub(JOINER, text))


def natural(text: str) -> int:
    """A whole number ≥ 0 of at most 11 digits; raises ValueError for any other text."""
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise ValueError(f"“{quoted(text)}” is not a whole number")
    return int(text)


def index(key: str, count: int, problem: str) -> int | None:
    """The number from 0 to count − 1 in the link; None if there is none, with the warning `problem` for other texts."""
    return Param(key, natural, str, lambda number: number < count).in_link(None, problem)


def flag(key: str) -> bool:
    """Whether the address has this parameter with the value "true"."""
    return st.query_params.get(key) == "true"


def holds(*keys: str) -> bool:
    """Whether the address has one of these parameters."""
    return any(key in st.query_params for key in keys)


def query() -> dict[str, str]:
    """All parameters of the address, for a link to another page that keeps them."""
    return st.query_params.to_dict()


def page_query() -> dict[str, str]:
    """The parameters of the current page, without those of the frame around it."""
    return {key: text for key, text in query().items() if key not in FRAME}


def address() -> str:
    """The address of the current page, without the parameters of the frame around it."""
    page = (st.context.url or "").partition("?")[0]
    shown = page_query()
    return f"{page}?{urlencode(shown)}" if shown else page
