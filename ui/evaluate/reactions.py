"""Metrics of real pictures that are spoiled more and more: recorded values and pictures at eleven strengths."""

import numpy as np
import streamlit as st

from data import corruptions
from evaluate.catalogue import METRICS
from evaluate.halves import HALF, halves
from metrics.band import band
from ui import charts, recordings, tiles
from ui.components import curves

RECORDING = "reactions"  # written by `python -m train.recordings.reactions`
COLUMNS = 10  # of the strip: two pictures of each class
NAMES = {
    "blur": "Blur",
    "noise": "Noise",
    "drop": "Forget classes",
    "repeat": "Repeat few pictures",
    "move": "Move by pixels",
}
PER_PICTURE = ("blur", "move")  # kinds that change every picture in the same way, without chance
LOGARITHMIC = ("frechet",)
DIGITS = {"frechet": 2, "kid": 4, "inception_score": 2, "density": 2, "coverage": 2, "mse": 3}
ARROWS = {"lower": "↓", "higher": "↑"}


def recording() -> dict | None:
    """{"strengths", "kinds": {kind: {metric: values}}, "real": {metric: values of each split}}, or None, with a
    warning, if the file is damaged."""
    return recordings.read("read", RECORDING)


@st.cache_data(max_entries=16, show_spinner=False)
def _strip(kind, strengths):
    _, images, labels = halves()
    shown = [np.flatnonzero(labels == label)[row] for row in range(2) for label in range(COLUMNS)]
    if kind in PER_PICTURE:  # then the other pictures need not be spoiled as well
        images, labels, shown = images[shown], labels[shown], slice(None)
    spoiled = (corruptions.KINDS[kind](images, labels, s, np.random.default_rng(1))[shown] for s in strengths)
    return [tiles.data_url(tiles.png(tiles.tile(pictures, COLUMNS))) for pictures in spoiled]


def words(kind: str, strength: float) -> str:
    """The effect of a strength on the HALF pictures that are spoiled."""
    if kind == "blur":
        return f"σ = {corruptions.BLUR * strength:.2g} pixels"
    if kind == "noise":
        return f"σ = {corruptions.NOISE * strength:.0%} of white"
    if kind == "move":
        pixels = f"{corruptions.WAY * strength:g}"
        return f"{pixels} {'pixel' if pixels == '1' else 'pixels'}"
    if kind == "drop":
        left = corruptions.classes_left(COLUMNS, strength)
        return f"{left} {'class' if left == 1 else 'classes'} left"
    return f"{COLUMNS + corruptions.others_left(HALF - COLUMNS, strength)} different pictures left"


def stage(kind: str, strengths: list[float]) -> dict:
    """A strip of pictures for every strength (see ui/components/shift/)."""
    frames = _strip(kind, tuple(strengths))
    return {"kind": "pictures", "frames": frames, "x": strengths, "size": [28 * COLUMNS, 56]}


def panels(recorded: dict, kind: str) -> list[dict]:
    """A panel for each metric (see ui/components/shift/), with one scale for all kinds, and the band of real ones."""
    return [_panel(recorded, kind, name) for name in recorded["real"]]


def _panel(recorded, kind, name):
    low, high = band(recorded["real"][name])
    every = [value for values in recorded["kinds"].values() for value in values[name]]
    bottom, top = min(low, *every), max(high, *every)
    log = name in LOGARITHMIC
    bounds = (0.8 * bottom, 1.2 * top) if log else (bottom - 0.03 * (top - bottom), top + 0.05 * (top - bottom))
    strengths, values = recorded["strengths"], recorded["kinds"][kind][name]
    return {
        "title": f"{METRICS[name].title} {ARROWS[METRICS[name].better]}",
        "quantity": "strength",
        "range": bounds,
        "log": log,
        "reading": True,
        "digits": DIGITS[name],
        "band": {"low": low, "high": high, "colour": charts.REAL},
        "series": [curves.series(METRICS[name].title, "line", charts.GENERATED, strengths, values)],
    }
