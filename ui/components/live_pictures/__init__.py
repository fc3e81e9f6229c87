"""Pictures in panels that follow sliders during a drag, each drawn by its own network in the browser.

Three pages use it: a path between two codes, one code in several models, and one dimension of a code that is moved.
While the networks are loading, and if they cannot run, the nearest stored pictures are drawn.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from checkpoints import Card
from ui import browser_networks, classifiers, tiles
from ui.components import component, floats
from ui.components import curves as curves_of

_component = component(Path(__file__).parent)


@dataclass(frozen=True)
class Slider:
    """A number with a slider from low to high, and a field that accepts numbers from least to most."""

    name: str  # name of the value in ways.js: alpha, epsilon, psi, shift
    symbol: str
    label: str
    low: float
    high: float
    most: float | None = None
    least: float | None = None
    step: float = 0.01  # per press of an arrow key

    @property
    def bounds(self) -> tuple[float, float]:
        return (
            self.low if self.least is None else self.least,
            self.high if self.most is None else self.most,
        )


@dataclass(frozen=True)
class Fact:
    """A curve below the strip of a panel, against the slider that plays: y (T,) at its values x (T,).

    limits: of the vertical axis; ticks: its labels. band: (low, high), the typical range; the area above it is filled
    and, if `both` is true, also the area below. names (T,): words for each place, such as the predicted class. share:
    whether y is shown as a percentage.
    """

    title: str
    x: np.ndarray
    y: np.ndarray
    limits: tuple[float, float]
    colour: str
    ticks: Sequence[float] = ()
    band: tuple[float, float] | None = None
    both: bool = False
    names: Sequence[str] = ()
    share: bool = False


@dataclass(frozen=True)
class Panel:
    """Pictures of one size (C, H, W) in a grid.

    card: of the network that draws them, None if two pictures are blended or nothing moves them ("still"). way:
    {"kind", …} as in ways.js; arrays in it are sent once for all panels. shown: number of pictures, in `columns`
    columns. stored: {values of the sliders: pictures (shown, C, H, W) uint8}. ends: (2, C, H, W) uint8, the blended
    pictures. measured: whether ‖z‖ is shown below the picture; named: whether the classifier's classes are, for single
    pictures only. facts: curves below its strip; said: a sentence below them.
    """

    title: str
    note: str
    alt: str
    shape: tuple[int, int, int]
    card: Card | None
    way: dict[str, Any]
    stored: dict[tuple[float, ...], np.ndarray] = field(default_factory=dict)
    ends: np.ndarray | None = None
    shown: int = 1
    columns: int = 1
    measured: bool = False
    named: Card | None = None
    facts: Sequence[Fact] = ()
    said: str = ""


def live_pictures(
    key: str,
    data: dict[str, Any],
    *,
    on_values: Callable[[dict[str, float]], None],
    on_stored: Callable[[], None] | None = None,
) -> None:
    """Mount it with the result of `described`.

    on_values(values) is called with checked numbers on release; on_stored(), if given, when no network runs and more
    stored pictures are needed.
    """
    bounds = {slider["name"]: (slider["least"], slider["most"]) for slider in data["sliders"]}

    def let_go(reported):
        if (
            isinstance(reported, dict)
            and reported.keys() == bounds.keys()
            and all(_is_within(reported[name], *bounds[name]) for name in bounds)
        ):
            on_values({name: float(value) for name, value in reported.items()})

    stored = {} if on_stored is None else {"on_stored": lambda _: on_stored()}
    _component(key, {**data, "key": key, "more": on_stored is not None}, on_values=let_go, **stored)


def alone(key: str, data: dict[str, Any]) -> dict[str, Any]:
    """The data for a component without a server that could send more stored pictures."""
    return {**data, "key": key, "more": False}


def described(
    panels: Sequence[Panel],
    sliders: Sequence[Slider],
    values: dict[str, float],
    *,
    scene: object,
    columns: int,
    without: str,
    play: str | None = None,
    strip: int = 0,
    curves: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Data for index.js.

    values: {slider: initial value}; if nothing else here depends on them, their `ui.components.initial_value`, so that
    a release does not send the data again. scene: changes with other pictures, to which the component's values do not
    belong; stored pictures may change without it. columns: panels in a row. without: the message if no network runs, up
    to ", because …". play: the slider from 0 to 1 that the clock can move, over strips of `strip` stored pictures of
    every panel. Single pictures are above the sliders, grids below. curves: panels of lib/curves.js over an axis
    {"panels", "axis", "marked": with a marker at the value of `play`, "save": slides.words of their PNG}; without a
    marker they are the changes of the panels whose way is "moved".
    """
    arrays, networks, names = _Once(), _Once(), _Once()
    data = {
        "panels": [_panel(panel, arrays, networks, names) for panel in panels],
        "arrays": {f"array {k}": floats.text(value) for k, value in enumerate(arrays.values)},
        "networks": networks.values,
        "classifiers": names.values,
        "sliders": [_slider(slider) for slider in sliders],
        "columns": columns,
        "without": without,
        "play": play,
        "strip": strip,
        "curves": curves,
        "scene": hashlib.sha256(repr(scene).encode()).hexdigest(),
    }
    return {**data, "identity": hashlib.sha256(json.dumps(data).encode()).hexdigest(), "values": values}


def _is_within(value, low, high):
    return type(value) in (int, float) and math.isfinite(value) and low - 1e-9 <= value <= high + 1e-9


class _Once:
    """Values shared by several panels, each stored once: `number` returns a value's index."""

    def __init__(self):
        self.values, self._known = [], {}

    def number(self, value, name):
        if name not in self._known:
            self._known[name] = len(self.values)
            self.values.append(value)
        return self._known[name]


def _panel(panel, arrays, networks, names):
    channels, *size = panel.shape

    def named_once(value):
        return f"array {arrays.number(value, value.tobytes())}" if isinstance(value, np.ndarray) else value

    named = classifiers.given(panel.named) if panel.named else None
    return {
        "title": panel.title,
        "note": panel.note,
        "alt": panel.alt,
        "size": size,
        "channels": channels,
        "part": networks.number(browser_networks.given(panel.card, "decoder"), panel.card.name) if panel.card else None,
        "way": {name: named_once(value) for name, value in panel.way.items()},
        "shown": panel.shown,
        "columns": panel.columns,
        "stored": _stored(panel),
        "ends": None if panel.ends is None else tiles.sheet(panel.ends, 2),
        "measured": panel.measured,
        "classifier": names.number(named, named["network"]["sha256"]) if named else None,
        "facts": [_fact(fact) for fact in panel.facts],
        "said": panel.said,
    }


def _fact(fact):
    drawn = curves_of.series(fact.title, "line", fact.colour, fact.x, fact.y, digits=4)
    return {
        **{key: drawn[key] for key in ("kind", "colour", "x", "y")},
        "title": fact.title,
        "limits": list(fact.limits),
        "ticks": list(fact.ticks),
        "band": fact.band and list(fact.band),
        "both": fact.both,
        "names": list(fact.names),
        "share": fact.share,
    }


def _stored(panel):
    if not panel.stored:
        return None
    sheet, columns = tiles.long_sheet(np.concatenate(list(panel.stored.values())))
    at = [[float(value) for value in place] for place in panel.stored]
    return {"sheet": sheet, "columns": columns, "at": at}


def _slider(slider):
    least, most = slider.bounds
    return {
        "name": slider.name,
        "symbol": slider.symbol,
        "label": slider.label,
        "low": slider.low,
        "high": slider.high,
        "least": least,
        "most": most,
        "step": slider.step,
    }
