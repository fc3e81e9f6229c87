"""The pictures of one path under the hand: two ways through the latent space and the blend of the pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import charts, networks, slides, url
from ui.components import curves, initial_value
from ui.components.live_pictures import Panel, Slider, described, live_pictures
from ui.explore import paths
from ui.explore.endpoints import End

ALPHA = Slider("alpha", "α", "from picture A (0) to picture B (1)", 0.0, 1.0)
KEY = "paths"
FRAMES_WANTED = f"{KEY}: no network runs in the browser"
TITLES = {"lerp": "Straight line", "slerp": "Great circle", "blend": "Pixel blend"}


def alpha() -> float:
    """α of the link, 0 to 1. Older links hold the number of one of 33 frames instead."""
    if url.opened("frame") is not None:
        last = paths.FRAMES - 1
        absent = f"This link asks for a frame that is not there: there are 0 to {last}; the middle is shown."
        frame = url.index("frame", paths.FRAMES, absent)
        url.keep("alpha", 0.5 if frame is None else frame / last)
        url.write("frame", None)
    return url.kept("alpha", 0.0, 1.0, 0.5)


def show(card: Card, a: End, b: End, alpha: float) -> None:
    """Three pictures that follow α, the lengths of the codes, and nine pictures on each way."""
    start = initial_value(KEY, scene(card, a, b), alpha)
    stored = paths.alphas() if st.session_state.get(FRAMES_WANTED) else paths.strip()
    live_pictures(
        KEY,
        content(card, a, b, start, stored),
        on_values=lambda values: url.keep("alpha", values["alpha"]),
        on_stored=lambda: st.session_state.update({FRAMES_WANTED: True}),
    )


def scene(card: Card, a: End, b: End) -> tuple:
    """What the pictures are of."""
    return (card.sha256, *(part.tobytes() for end in (a, b) for part in (end.code, end.picture)))


def content(card: Card, a: End, b: End, start: float, stored: np.ndarray) -> dict[str, Any]:
    """Data for the component at α = start; stored: the α (T,) of the pictures that are sent with it."""
    shares = np.append(stored, np.float32(start))
    latent = paths.latent(card, a.code, b.code, shares)
    ends = {"a": a.code, "b": b.code}
    ways = [
        ("lerp", "decoder of (1 − α)·z₀ + α·z₁ (lerp)", "line"),
        ("slerp", "decoder of a rotating z (slerp)", "circle"),
    ]
    panels = [
        Panel(
            title=TITLES[path],
            note=note,
            alt=f"{TITLES[path]} from {a.name} to {b.name}, decoded",
            shape=card.shape,
            card=card,
            way={"kind": kind, **ends},
            stored={(float(share),): picture[None] for share, picture in zip(shares, latent[path][0], strict=True)},
            measured=True,
            named=card,
        )
        for path, note, kind in ways
    ]
    panels.append(
        Panel(
            title=TITLES["blend"],
            note="(1 − α)·x₀ + α·x₁",
            alt=f"Pixel blend of {a.name} and {b.name}",
            shape=card.shape,
            card=None,
            way={"kind": "blend"},
            ends=np.stack([a.picture, b.picture]),
            named=card,
        )
    )
    return described(
        panels,
        [ALPHA],
        {"alpha": start},
        scene=scene(card, a, b),
        columns=3,
        without=f"The two latent paths move in {paths.FRAMES} steps",
        play="alpha",
        strip=paths.BETWEEN + 2,
        curves=_lengths(card, a, b),
    )


def _lengths(card, a, b):
    shares = np.linspace(0, 1, 101)
    lengths = paths.lengths(a.code, b.code, shares)
    series = [  # blue and orange are for real and generated pictures
        curves.series(TITLES[path], "line", colour, shares, values, digits=3)
        for (path, values), colour in zip(lengths.items(), charts.PALETTE[2:], strict=False)
    ]
    low, high = (extreme([extreme(one) for one in lengths.values()]) for extreme in (min, max))
    margin = max(0.05 * (high - low), 0.05)
    panel = {
        "title": "Length ‖z‖ of the code over α",
        "range": [max(0.0, float(low - margin)), float(high + margin)],
        "log": False,
        "series": series,
    }
    about = slides.about(card, f"from {a.name} to {b.name}")
    words = slides.words(f"{card.name}_code_lengths", "Length of the code on two ways", about)
    return {"panels": [panel], "axis": [0, 1], "marked": True, "save": words}


def about_lengths(card: Card, a: End, b: End) -> str:
    """What the lengths of codes say about the two ways, with the numbers of this model and these two codes."""
    mean, deviation = paths.length_of_random(card.code_length)
    half = {path: values[0] for path, values in paths.lengths(a.code, b.code, np.array([0.5])).items()}
    known = ""
    if card.encodes:
        lengths = np.linalg.norm(networks.preview(card)["codes"], axis=1)
        known = f" The codes of its test images (means of the encoder) have {lengths.mean():.1f} ± {lengths.std():.1f}."
    return (
        f"Random codes of this model ({card.code_length} dimensions) have the length ‖z‖ = {mean:.1f} ± {deviation:.1f}"
        f" (mean ± standard deviation).{known} Halfway from A to B the straight line has {half['lerp']:.1f}, the great "
        f"circle {half['slerp']:.1f}."
    )
