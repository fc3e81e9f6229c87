"""Excerpts of reports for messages: on one line, without control characters, truncated."""

from __future__ import annotations

import difflib

LONGEST = 60  # characters
WORDS = 400  # of a text, compared to find the change
CONSTANTS = {True: "yes", False: "no", None: "nothing"}


def short(value: object, longest: int = LONGEST) -> str:
    """Any JSON value, truncated."""
    text = CONSTANTS[value] if isinstance(value, bool | None) else str(value)
    text = " ".join("".join(c if c.isprintable() else " " for c in text[:1000]).split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def quoted(value: object) -> str:
    """The same, with texts in quotation marks and numbers with six digits."""
    if isinstance(value, str):
        return f"“{short(value)}”"
    return f"{value:.6g}" if isinstance(value, float) else short(value)


def changed(one: str, other: str) -> tuple[str, str]:
    """The words in which two texts differ, with one word before and after them."""
    a, b = (text.split(" ")[:WORDS] for text in (one, other))
    codes = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    blocks = [block for block in codes if block[0] != "equal"]
    if not blocks:
        return short(one), short(other)
    _, start_a, _, start_b, _ = blocks[0]
    _, _, end_a, _, end_b = blocks[-1]
    return _part(a, start_a, end_a), _part(b, start_b, end_b)


def _part(words, start, end):
    return short(" ".join(words[max(0, start - 1) : end + 1]))
