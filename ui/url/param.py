"""Query parameters: what an opened link asks for, and what the app writes there itself."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lessons.model import FRAME

WRITTEN = "link: texts that the app wrote"  # {query parameter: text} in the session state
VISIT = "link: visit of a page"  # the Visit in the session state
RENEWED = "link: the next run is a new visit"  # in the session state
MOST = 100  # texts of one parameter that a visit remembers
MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")  # what a backslash takes its meaning from
# Where a bare address becomes a link whatever stands before its characters: Streamlit looks for them in what is left.
ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
JOINER = "\u2060"  # is not to be seen and ends no line
LASTS = 20.0  # seconds, at least, for which a warning of a link stays


@dataclass
class Visit:
    """From the moment a page is opened until another one is.

    texts: of each parameter what was taken from the address or written into it, the newest last. complete: whether the
    browser's Back or Forward or a step of a lesson opened it, so that the address holds all that differs from the
    defaults. known: parameters whose value has been decided since. number: another one where a page follows itself.
    problems: {parameter: (warning, time at which it was given)}. widgets: keys of the page's widgets so far.
    """

    page: str
    complete: bool
    number: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    problems: dict[str, tuple[str, float]] = field(default_factory=dict)
    widgets: set[str] = field(default_factory=set)

    def note(self, key: str, text: str | None) -> None:
        """Remember what was taken or written; the parameter's value is decided."""
        self.known.add(key)
        texts = self.texts.setdefault(key, [])
        if text is not None and text not in texts[-1:]:
            texts.append(text)
            del texts[:-MOST]


def visit(page: str) -> bool:
    """Called at the start of every run. On another page, and after Back or Forward, the address is a link again.

    Returns whether it is another page than that of the run before.
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
        # The browser's address becomes what was read of it: it may hold parameters that the page before wrote late.
        st.query_params.update({})
    return before.page != page


def renew() -> None:
    """Let the next run take the address for a complete link, also on the page that is shown already."""
    st.session_state[RENEWED] = True


def visit_number() -> int:
    """Another one whenever the page that is shown has been opened again: live components then begin anew."""
    return _visit().number


def _visit() -> Visit:
    return st.session_state.setdefault(VISIT, Visit("", False))


def opened(key: str) -> str | None:
    """The text of a query parameter of a link that was opened, or that another page sent: once in a visit.

    None where there is none, and where it is what the app wrote there itself, also some runs ago: the browser's address
    lags behind, and an older text taken for a link would put back what a hand has moved in the meantime.
    """
    text = st.query_params.get(key)
    if text is None or text in _visit().texts.get(key, ()):
        return None
    _visit().note(key, text)
    return text


def warn(key: str, problem: str) -> None:
    """Say what is wrong with a parameter of the link, now and by `remind` in the runs that follow at once."""
    _visit().problems[key] = (problem, time.monotonic())
    st.warning(problem)


def remind(key: str) -> None:
    """The warning of a parameter again for LASTS seconds: components report by themselves when their networks have come
    in, and the run that follows would take the sentence away before anybody has read it."""
    problem, since = _visit().problems.get(key, ("", 0.0))
    if problem and time.monotonic() - since < LASTS:
        st.warning(problem)


def forget(key: str) -> None:
    """The parameter has another value since: its warning is over."""
    _visit().problems.pop(key, None)


def left_out(key: str) -> bool:
    """Whether Back or Forward came to an address without this parameter: it has its default then. Once a visit."""
    first = _visit().complete and key not in _visit().known and key not in st.query_params
    decided(key)
    return first


def widget(key: str) -> None:
    """The page that is shown has a widget with this key, whose value ends with the visit of the page."""
    _visit().widgets.add(key)


def decided(key: str) -> None:
    """From now on in this visit the address without this parameter says nothing about it."""
    _visit().known.add(key)


def written(key: str) -> str | None:
    """What the app wrote last into a query parameter, on this page or another one."""
    return st.session_state.get(WRITTEN, {}).get(key)


def write(key: str, text: str | None) -> None:
    """Put a text into the link, None takes it out."""
    st.session_state.setdefault(WRITTEN, {})[key] = text
    _visit().note(key, text)
    if text is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != text:
        st.query_params[key] = text


@dataclass(frozen=True)
class Param:
    """A query parameter: parse(text) gives its value or raises ValueError, format(value) gives the text back."""

    key: str
    parse: Callable[[str], Any] = str
    format: Callable[[Any], str] = str
    valid: Callable[[Any], bool] = lambda value: True

    def requested(self, default: Any, problem: str) -> Any:
        """The value in a link that was opened; `default` where Back came to a link without it, else None.

        Where its text is no valid value: `default`, and `problem` as a warning.
        """
        text = opened(self.key)
        if text is None:
            if default is not None and st.session_state.get(self.key, default) != default:
                forget(self.key)
            remind(self.key)
            return default if left_out(self.key) else None
        return self._checked(text, default, problem)

    def in_link(self, default: Any, problem: str | None = None) -> Any:
        """The value in the address now, whoever wrote it; `default` where there is none or the text is no valid value.

        problem: the warning then, in which {text} stands for the text; without one it is what `parse` raised.
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
    """The first 20 characters of a text for a sentence, none of them taken for Markdown."""
    return plain(text[:20])


def plain(text: str) -> str:
    """A text none of which is taken for Markdown, also no address for a link: anybody can write a link."""
    return MARKDOWN.sub(r"\\\g<0>", ADDRESS.sub(JOINER, text))


def natural(text: str) -> int:
    """A whole number from 0 on, of at most 11 digits; ValueError for any other text."""
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise ValueError(f"“{quoted(text)}” is not a whole number")
    return int(text)


def index(key: str, count: int, problem: str) -> int | None:
    """The number in the link from 0 to count − 1; None where there is none, with `problem` where it is another text."""
    return Param(key, natural, str, lambda number: number < count).in_link(None, problem)


def flag(key: str) -> bool:
    """Whether the address has this parameter with the text "true"."""
    return st.query_params.get(key) == "true"


def holds(*keys: str) -> bool:
    """Whether the address has one of these parameters."""
    return any(key in st.query_params for key in keys)


def query() -> dict[str, str]:
    """All parameters of the address, to send a person on with them."""
    return st.query_params.to_dict()


def page_query() -> dict[str, str]:
    """The parameters of the page that is shown, without those of the frame around it."""
    return {key: text for key, text in query().items() if key not in FRAME}


def address() -> str:
    """The address of what is shown now, without what belongs to the frame around the page."""
    page = (st.context.url or "").partition("?")[0]
    shown = page_query()
    return f"{page}?{urlencode(shown)}" if shown else page
