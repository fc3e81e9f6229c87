"""The answers of a class as a picture: bars for choices, a strip of points for numbers. HTML without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from statistics import median

STYLE = """<style>
.votes { display: grid; grid-template-columns: 1fr auto; gap: 0.1em 0.8em; align-items: center }
.votes { font-size: clamp(1.1rem, 1.6vw, 2.4rem) }
.votes .words { grid-column: 1 / -1; margin-top: 0.4em }
.votes .bar { height: 1.3em; border-radius: 3px; background: #0072b2; min-width: 2px }
.votes .bar.right { background: #009e73 }
.votes .count { font-variant-numeric: tabular-nums; text-align: right; min-width: 1.5em }
.strip { margin: 1.6rem 1rem 0; font-size: clamp(14px, 1.3vw, 30px) }
.strip .line { position: relative; border-bottom: 2px solid currentColor }
.strip i { position: absolute; width: 0.9em; height: 0.9em; margin-left: -0.45em }
.strip i { border-radius: 50%; background: #0072b2 }
.strip b { position: absolute; top: 0; bottom: 0; border-left: 3px solid #009e73 }
.strip b span { position: absolute; bottom: 100%; transform: translateX(-50%); white-space: nowrap }
.strip b.own { border-left: 3px dashed #d55e00 }
.strip b.own span { bottom: auto; top: 100% }
.strip .ends { display: flex; justify-content: space-between }
</style>"""
COLUMNS = 30  # in which the points of a strip stand


def bars(counts: Mapping[str, int], words: Mapping[str, str], right: str | None = None, own: str | None = None) -> str:
    """A bar for each choice of {choice: how many}, in the words of {choice: words}.

    right: the choice to mark as right; own: the reader's own. A mark is a word, too, not a colour alone.
    """
    most = max([*counts.values(), 1])
    rows = []
    for choice, count in counts.items():
        marks = " ✓" * (choice == right) + " (you)" * (choice == own)
        kind = "bar right" if choice == right else "bar"
        width = f"{100 * count / most:.0f}%"
        rows.append(
            f'<span class="words">{escape(words[choice])}{marks}</span>'
            f'<span class="{kind}" style="width: {width}"></span><span class="count">{count}</span>'
        )
    said = ", ".join(f"{words[choice]}: {count}" for choice, count in counts.items())
    return f'{STYLE}<div class="votes" role="img" aria-label="{escape(said)}">{"".join(rows)}</div>'


def strip(
    numbers: Sequence[float],
    low: float,
    high: float,
    unit: str = "",
    right: float | None = None,
    own: float | None = None,
) -> str:
    """A point for each number on a line from low to high, stacked where they meet.

    right: where to draw the right answer; own: the reader's own number. Streamlit takes SVG out of HTML, so the points
    are boxes at percentages of the line.
    """

    def at(number):
        return 100 * (number - low) / (high - low)

    stacks: dict[int, int] = {}
    drawn = []
    for number in sorted(numbers):
        column = round(at(number) * COLUMNS / 100)
        stacks[column] = stacks.get(column, 0) + 1
        drawn.append(f'<i style="left: {100 * column / COLUMNS:g}%; bottom: {stacks[column] - 1}em"></i>')
    for number, kind, words in ((right, "right", "✓"), (own, "own", "you")):
        if number is not None:
            drawn.append(f'<b class="{kind}" style="left: {at(number):.1f}%"><span>{words}</span></b>')
    ends = "".join(f"<span>{number:g} {escape(unit)}</span>" for number in (low, high))
    said = f"{len(numbers)} answers from {low:g} to {high:g} {unit}".strip()
    if numbers:
        said += f"; their median is {median(numbers):g}"
    if right is not None:
        said += f"; right is {right:g}"
    height = max([*stacks.values(), 4]) + 1
    return (
        f'{STYLE}<div class="strip" role="img" aria-label="{escape(said)}">'
        f'<div class="line" style="height: {height}em">{"".join(drawn)}</div><div class="ends">{ends}</div></div>'
    )
