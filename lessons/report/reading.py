"""Parses a report: its facts, and what a reader sees. The file may contain anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal

from lessons.report.facts import VERSION
from lessons.report.page import FACTS, KIND

LARGEST = 5 * 2**20  # bytes
BLOCKS = {"body", "h1", "h2", "p", "section", "table", "thead", "tbody", "tr", "th", "td", "img", "style", "title"}
BLOCKS |= {"div", "ul", "ol", "li", "br", "hr", "pre", "dl", "dt", "dd", "figure", "figcaption", "blockquote"}
ADDRESSES = {"href": "link", "src": "picture"}  # attributes that are separate pieces


class ReportError(Exception):
    """A file that is not a report; the text is a clause that follows the name of the file."""


@dataclass(frozen=True)
class Piece:
    """A piece of what a reader sees. step: from 1, 0 before the first. kind: "tag" for what surrounds or hides text."""

    step: int
    kind: Literal["text", "link", "picture", "tag"]
    content: str


@dataclass(frozen=True)
class Report:
    """facts: a JSON object with at least the entries of lessons.report.facts.of. pieces: in order."""

    facts: dict[str, Any]
    pieces: list[Piece]


def read(file: Path) -> Report:
    """Read a file; raises ReportError if it is not a report."""
    try:
        if file.is_dir():
            raise ReportError("is a folder; name the reports in it, like FOLDER/*.html")
        if file.stat().st_size > LARGEST:
            raise ReportError(f"is larger than {LARGEST // 2**20} MB, more than any report has")
        raw = file.read_bytes()
    except OSError as error:
        raise ReportError(f"cannot be read: {error.strerror or error}") from None
    try:
        return parsed(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ReportError("is not a report of a lesson: it is not even text") from None


def parsed(source: str) -> Report:
    """The report in an HTML text; raises ReportError if there is none."""
    page = _Page()
    try:
        page.feed(source)
        page.close()
    except (AssertionError, RecursionError):  # raised by the parser for broken declarations
        raise ReportError("is not a report of a lesson: its HTML is broken") from None
    return Report(_facts(page), page.pieces)


def _facts(page):
    if page.facts is None:
        if page.kind == KIND:
            raise ReportError("is cut off: its facts, which are at the end, are missing")
        raise ReportError("is not a report of a lesson")
    if not page.ended:
        raise ReportError("is cut off within its facts")
    try:
        facts = json.loads(page.facts, parse_constant=_refused)
    except (ValueError, RecursionError):
        raise ReportError("has facts that are not JSON: they were damaged") from None
    if not isinstance(facts, dict) or facts.get("report") != VERSION:
        raise ReportError(f"has facts of another kind than reports have (version {VERSION})")
    kinds = {"lesson": str, "language": str, "title": str, "date": str, "address": str, "steps": list}
    for name, kind in kinds.items():
        if not isinstance(facts.get(name), kind):
            raise ReportError(f"has facts without “{name}”")
    if not all(isinstance(step, dict) for step in facts["steps"]):
        raise ReportError("has facts in which a step is none")
    return facts


def _refused(text):
    raise ValueError(f"{text} is no number of JSON")


class _Page(HTMLParser):
    """Pieces of a page, and the text of its facts."""

    def __init__(self):
        super().__init__()
        self.pieces: list[Piece] = []
        self.kind: str | None = None
        self.facts: str | None = None
        self.ended = False
        self._step, self._text, self._script = 0, [], False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in BLOCKS:
            self._flush()
        self._step += tag == "section"
        if tag == "script" and values.get("id") == FACTS and self.facts is None:
            self.facts, self._script = "", True
        if tag == "meta":
            self.kind = values.get("content") if values.get("name") == "generator" else self.kind
            return
        rest = []
        for name, value in sorted((name, value or "") for name, value in attrs):
            if name in ADDRESSES:
                self._piece(ADDRESSES[name], value)
            else:
                rest.append(f"{name}={value}")
        self._piece("tag", " ".join([tag, *rest]))

    def handle_endtag(self, tag):
        if tag == "script" and self._script:
            self._script, self.ended = False, True
        if tag in BLOCKS:
            self._flush()

    def handle_data(self, data):
        if self._script:
            self.facts = (self.facts or "") + data
        else:
            self._text.append(data)

    def close(self):
        super().close()
        self._flush()

    def _flush(self):
        text = " ".join("".join(self._text).split())
        self._text = []
        if text:
            self._piece("text", text)

    def _piece(self, kind, content):
        self.pieces.append(Piece(self._step, kind, content))
