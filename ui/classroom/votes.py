"""The answers of a class as a chart with a bar for each choice. HTML without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

STYLE = """<style>
.votes { display: grid; grid-template-columns: 1fr auto; gap: 0.1em 0.8em; align-items: center }
.votes { font-size: clamp(1.1rem, 1.6vw, 2.4rem) }
.votes .words { grid-column: 1 / -1; margin-top: 0.4em }
.votes .bar { height: 1.3em; border-radius: 3px; background: #0072b2; min-width: 2px }
.votes .bar.right { background: #009e73 }
.votes .count { font-variant-numeric: tabular-nums; text-align: right; min-width: 1.5em }
</style>"""


def bars(
    counts: Mapping[str, int],
    words: Mapping[str, str],
    right: str | None = None,
    own: str | None = None,
    mine: str = "you",
) -> str:
    """A bar for each choice in {choice: count}, labelled by {choice: words}.

    right: the choice to mark as right; own: the reader's own, marked with the word `mine`. Marks are words as well as
    colours.
    """
    most = max([*counts.values(), 1])
    rows = []
    for choice, count in counts.items():
        marks = " ✓" * (choice == right) + f" ({mine})" * (choice == own)
        kind = "bar right" if choice == right else "bar"
        width = f"{100 * count / most:.0f}%"
        rows.append(
            f'<span class="words">{escape(words[choice])}{marks}</span>'
            f'<span class="{kind}" style="width: {width}"></span><span class="count">{count}</span>'
        )
    said = ", ".join(f"{words[choice]}: {count}" for choice, count in counts.items())
    return f'{STYLE}<div class="votes" role="img" aria-label="{escape(said)}">{"".join(rows)}</div>'
