"""Figures of several models, each with some of the measured pictures, and real pictures in the first line.

A group on one axis has only values measured alike: same network, number of samples and real pictures.
"""

from __future__ import annotations

import dataclasses
import html
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

import checkpoints
import data
from checkpoints import Card, floors
from data.titles import title_of
from evaluate import references
from evaluate.catalogue import METRICS
from evaluate.results import Score
from ui import charts, gallery, networks, tiles
from ui.evaluate import card_figures, model_tiles

SHOWN = 10  # pictures in a line
# {metric of evaluate.catalogue: pattern of its names in a card}
RECORDED = {
    "frechet": r"frechet_(?!floor|real|.*reconstructed)\w+_(?:10|5|3)k(?:_classes)?",
    "fid": r"fid_\w+_\d+k?(?:_classes)?",
    "kid": "kid",
    "coverage": "coverage",
    "density": "density",
    "recognised": "recognised",
}
SAMPLER = re.compile(r"(?:codes from [^:]*: )?([\d,]+) .*?\bagainst ")  # the number of samples, and their origin
LOGARITHMIC = ("frechet", "fid")
SOURCES: dict[networks.Source, str] = {
    "prior": ", codes from the prior",
    "mixture": ", codes from a fitted mixture",
    "classes": ", every class asked for",
}
STYLE = f"""<style>
.measured {{ display: grid; gap: 1rem 2rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); }}
.measured section {{ min-width: 0; }}
.measured h4 {{ margin: 0; font-size: max(0.95rem, var(--least, 0px)); font-weight: 600; padding: 0; }}
.measured small {{ opacity: 0.75; font-size: max(0.78rem, var(--least, 0px)); line-height: 1.3; display: block; }}
.measured .line {{ display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 0.6rem; margin-top: 0.45rem;
  font-size: max(0.85rem, var(--least, 0px)); line-height: 1.3; }}
.measured .line b {{ font-variant-numeric: tabular-nums; text-align: right; }}
.measured .track {{ grid-column: 1 / -1; position: relative; height: 14px; }}
.measured .track::before {{ content: ""; position: absolute; inset: 6px 0 auto; height: 2px; opacity: 0.15;
  background: currentColor; }}
.measured .track i {{ position: absolute; top: 1px; width: 12px; height: 12px; margin-left: -6px;
  border-radius: 50%; }}
.measured .track u {{ position: absolute; top: 5px; height: 4px; opacity: 0.55; }}
.measured .track s {{ position: absolute; top: 0; height: 14px; width: 2px; margin-left: -1px;
  background: {charts.REAL}; }}
.measured img {{ grid-column: 1 / -1; width: 100%; max-width: 340px; image-rendering: pixelated; border-radius: 3px;
  display: block; }}
</style>"""


@dataclass(frozen=True)
class Line:
    """One line of a group: its name, its value ± spread (NaN if unknown), its pictures or None.

    note: which real pictures were measured.
    """

    title: str
    value: float
    spread: float = math.nan
    pictures: np.ndarray | None = None
    real: bool = False
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Lines that may be compared: real pictures, if their value is known, then the others, the best first."""

    title: str
    words: str
    metric: str
    lines: tuple[Line, ...]


def of_recorded(cards: Iterable[Card], metric: str) -> list[Group]:
    """The figures in the cards for a metric, a group for each way of measuring: network, number of samples, number and
    kind of real pictures. The origin of the samples' codes makes no separate group."""
    found: dict[tuple[str, str], list[tuple[Card, str]]] = {}
    for card in gallery.in_order(cards):
        for key in card.metrics:
            if re.fullmatch(RECORDED[metric], key):
                alike = SAMPLER.sub(r"\1 samples against ", card.protocol.get(key, ""), count=1)
                found.setdefault((card.dataset["name"], alike), []).append((card, key))
    return [_recorded_group(name, alike, figures, metric) for (name, alike), figures in found.items()]


def _recorded_group(name, alike, figures, metric):
    first, key = figures[0]
    words = {card.protocol.get(key, "") for card, key in figures}
    how = words.pop() if len(words) == 1 else alike
    floor = floors.of_card(first, key) or _of_features(first, metric)
    lines = [_real_line(name, floor.value, floor.spread, floor_words(floor, metric))] if floor else []
    for card, key in figures:
        source: networks.Source | None = next((kind for kind in SOURCES if kind in key.split("_")), None)
        spread = card.metrics.get(f"{key}_spread", math.nan)
        pictures = networks.samples(card, SHOWN, source or "prior")
        title = model_tiles.short_title(card) + (SOURCES[source] if source else "")
        lines.append(Line(title, card.metrics[key], spread, pictures))
    return _group(name, how, metric, lines)


def floor_words(floor: floors.Floor, metric: str) -> str:
    """The number of real pictures of a floor, and the effect on it if they are fewer than the samples."""
    if not floor.halves:
        return floor.words
    effect = "KID has no bias, so it only scatters more" if metric == "kid" else "so it is too high"
    return f"{floor.words}: of half the number of real pictures, {effect}"


def _group(name, how, metric, lines):
    sign = -1 if METRICS[metric].better == "higher" else 1

    def place(line):
        return not line.real, sign * line.value if math.isfinite(line.value) else math.inf

    return Group(title_of(name), how, metric, tuple(sorted(lines, key=place)))


def _of_features(card, metric):
    """The recorded floor of a metric whose protocol lacks the number of pictures, taken from that of Fréchet."""
    key = next((key for key in card.metrics if re.fullmatch(RECORDED["frechet"], key)), "")
    counts = floors.AGAINST.search(card.protocol.get(key, ""))
    if counts is None:
        return None
    count, against = (int(number.replace(",", "")) for number in counts.groups())
    return floors.at(card.dataset["name"], against, count, metric)


def of_scores(scores: Iterable[Score], pictures: dict, cards: dict[str, Card]) -> list[Group]:
    """The results of this visit for one metric; pictures: {(model, protocol): (N, C, H, W) uint8}."""
    found: dict[tuple[str, str], list[Score]] = {}
    for score in scores:
        alike = score.protocol.replace(" of the second stage", "")
        found.setdefault((references.likeness(cards[score.model]), alike), []).append(score)
    groups = []
    for (name, how), alike in found.items():
        first = alike[0]
        lines = []
        if math.isfinite(first.floor):
            line = _real_line(name, first.floor, None, first.floor_words)
            own = cards[first.model] if cards[first.model].own else None
            lines.append(dataclasses.replace(line, pictures=_own_pictures(own)) if own else line)
        for score in alike:
            second = " of the second stage" in score.protocol
            title = model_tiles.short_title(cards[score.model]) + (SOURCES["mixture"] if second else "")
            lines.append(Line(title, score.value, score.spread, pictures.get((score.model, score.protocol))))
        groups.append(_group(name, how, first.metric, lines))
    return groups


def _real_line(name, value, spread, words):
    spread = math.nan if spread is None else spread
    return Line("Real pictures", value, spread, _real_pictures(name), real=True, note=words)


def _own_pictures(card):
    images = gallery.test_images(card)
    return None if images is None else images.images[images.rows(SHOWN)]


def _real_pictures(name):
    try:
        images = gallery.sample(name)
    except data.DataError:
        return None
    return images.images[images.rows(SHOWN)]


def show(groups: Sequence[Group]) -> None:
    """Draw the groups side by side, each with its own axis."""
    st.html(STYLE + f"<div class='measured'>{''.join(map(_section, groups))}</div>")


def _section(group):
    place, axis = _axis(group)
    lines = "".join(_line(line, group, place) for line in group.lines)
    words = f"{html.escape(gallery.with_titles(group.words))}. {axis}"
    return f"<section><h4>{html.escape(group.title)}</h4><small>{words}</small>{lines}</section>"


def _line(line, group, place):
    colour = charts.REAL if line.real else charts.GENERATED
    title, note = html.escape(line.title), html.escape(line.note)
    value = card_figures.value(group.metric, line.value, line.spread)
    mark = ""
    if math.isfinite(line.spread):
        low, high = (place(line.value + sign * line.spread) for sign in (-1, 1))
        mark += f"<u style='left:{low:.1f}%;width:{max(0.3, high - low):.1f}%;background:{colour}'></u>"
    real = next((other.value for other in group.lines if other.real), None)
    if real is not None and not line.real:
        mark += f"<s style='left:{place(real):.1f}%'></s>"
    mark += f"<i style='left:{place(line.value):.1f}%;background:{colour}'></i>"
    picture = ""
    if line.pictures is not None:
        source = tiles.data_url(tiles.png(tiles.tile(line.pictures, SHOWN, gap=1)))
        picture = f"<img src='{source}' alt='{SHOWN} pictures: {title}'>"
    track = f"<div class='track' aria-hidden='true'>{mark}</div>"
    return (
        f"<div class='line'><span>{title}<small>{note}</small></span><b>{html.escape(value)}</b>{picture}{track}</div>"
    )


def _short(value):
    return f"{float(f'{value:.2g}'):g}"  # two digits, without an exponent for hundreds


def _axis(group):
    """(place, words): a function from a value to per cent of the axis, and the axis' range in words."""
    values = [line.value for line in group.lines]
    if group.metric in LOGARITHMIC and min(values) > 0:
        low, high = min(values) / 1.5, max(values) * 1.5
        return (
            lambda value: 100 * min(1.0, max(0.0, math.log(max(value, 1e-9) / low) / math.log(high / low))),
            f"Axis: logarithmic, {_short(low)} to {_short(high)}.",
        )
    low, high = min(0.0, *values), max(0.0, *values)
    high += 0.05 * (high - low) or 1.0  # 1 if every value is 0
    return (
        lambda value: 100 * min(1.0, max(0.0, (value - low) / (high - low))),
        f"Axis: {_short(low)} to {_short(high)}.".replace("-", "−"),
    )


def table(groups: Iterable[Group]) -> list[dict]:
    """Rows for a download."""
    return [
        {
            "data": group.title,
            "metric": METRICS[group.metric].title,
            "what": line.title,
            "real pictures are": line.note,
            "value": line.value,
            "spread": line.spread,
            "measured on": group.words,
        }
        for group in groups
        for line in group.lines
    ]


@st.cache_data(ttl=10, show_spinner=False)
def with_figures() -> list[Card]:
    """Cards of generators with a figure of their samples."""
    return [
        card for card in checkpoints.gallery() if any(re.fullmatch(RECORDED["frechet"], key) for key in card.metrics)
    ]
