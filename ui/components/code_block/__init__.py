"""Code with colours and a button that copies it.

st.code fetches and starts a highlighter for three hundred languages, 1.5 MB of JavaScript: 0.3 seconds of processor
time for a line of a shell (benchmarks/page_weight.py).
"""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from ui.components import component

_component = component(Path(__file__).parent)

_GRAMMARS = {  # {language: pattern whose groups are the kinds of style.css}
    "bash": re.compile(r"(?<!\S)(?:(?P<option>--?[\w-]+)|(?P<number>\d+(?:\.\d+)?(?!\S)))"),
    "python": re.compile(
        r"(?P<comment>#.*)"
        rf"|(?P<keyword>\b(?:{'|'.join(keyword.kwlist)})\b)"
        r"|(?P<number>\b\d+(?:\.\d*)?)"
        r"|(?P<operator>[-+*/%@=<>&|^~]+)"
        r"|(?P<punctuation>[()\[\]{},:.;]+)"
    ),
}


def code_block(key: str, text: str, language: str, *, wrap: bool = False) -> None:
    """Show `text` in "bash" or "python"; wrap: long lines break, where they could be scrolled otherwise."""
    _component(key, {"tokens": tokens(text, language), "wrap": wrap})


def tokens(text: str, language: str) -> list[list[str]]:
    """[[kind, part]] of which the parts joined are `text`; the kind of what has no colour is ""."""
    found, end = [], 0
    for match in _GRAMMARS[language].finditer(text):
        found += [["", text[end : match.start()]], [match.lastgroup or "", match[0]]]
        end = match.end()
    return [token for token in [*found, ["", text[end:]]] if token[1]]
