"""The pictures of one path at a dragged α: the ways through the latent space, and the blend of the pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import url
from ui.components import initial_value
from ui.components.live_pictures import Panel, Slider, described, live_pictures
from ui.explore import path_curves, path_facts, paths
from ui.explore.endpoints import End
from ui.explore.paths import TITLES

ALPHA = Slider("alpha", "α", "from picture A (0) to picture B (1)", 0.0, 1.0)
KEY = "paths"
FRAMES_WANTED = f"{KEY}: no network runs in the browser"
NOTES = {
    "lerp": "picture of (1 − α)·z₀ + α·z₁ (lerp)",
    "slerp": "picture of a rotating z (slerp)",
    "around": "picture of z over neighbours",
}


def alpha() -> float:
    """α from the link, 0 to 1. Older links hold the number of one of 33 frames instead."""
    if url.opened("frame") is not None:
        last = paths.FRAMES - 1
        absent = f"This link asks for a frame that is not there: there are 0 to {last}; the middle is shown."
        frame = url.index("frame", paths.FRAMES, absent)
        url.keep("alpha", 0.5 if frame is None else frame / last)
        url.write("frame", None)
    return url.kept("alpha", 0.0, 1.0, 0.5)


def show(card: Card, a: End, b: End, alpha: float) -> None:
    """Pictures that follow α, nine pictures on each way with its measurements, and the lengths of the codes."""
    start = initial_value(KEY, scene(card, a, b), alpha)
    stored = paths.alphas() if st.session_state.get(FRAMES_WANTED) else paths.strip()
    live_pictures(
        KEY,
        content(card, a, b, start, stored),
        on_values=lambda values: url.keep("alpha", values["alpha"]),
        on_stored=lambda: st.session_state.update({FRAMES_WANTED: True}),
    )


def scene(card: Card, a: End, b: End) -> tuple:
    """A hashable identity of what the pictures show."""
    return (card.sha256, *(part.tobytes() for end in (a, b) for part in (end.code, end.picture)))


def content(card: Card, a: End, b: End, start: float, stored: np.ndarray) -> dict[str, Any]:
    """Data for the component at α = start; stored: the α (T,) of the pictures sent with it."""
    pictures = _pictures(card, a, b, start, stored)
    facts = path_facts.of(card, a, b)
    panels = [
        Panel(
            title=TITLES[path],
            note=NOTES[path],
            alt=f"{TITLES[path]} from {a.name} to {b.name}, decoded",
            shape=card.shape,
            card=card,
            way=_way(path, card, a, b),
            stored=pictures[path],
            measured=True,
            named=card,
            facts=path_curves.of(path, facts, card),
            said=facts[path].said,
        )
        for path in pictures
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
            facts=path_curves.of("blend", facts, card),
        )
    )
    return described(
        panels,
        [ALPHA],
        {"alpha": start},
        scene=scene(card, a, b),
        columns=len(panels),
        without=f"The latent paths move in {paths.FRAMES} steps",
        play="alpha",
        strip=paths.BETWEEN + 2,
        curves=path_curves.lengths(card, a, b),
    )


def _way(path, card, a, b):
    way = paths.around(card, a.code, b.code) if path == "around" else None
    if way is None:
        return {"kind": "line" if path == "lerp" else "circle", "a": a.code, "b": b.code}
    return {"kind": "through", "points": way.points, "places": paths.places(way)}


def _pictures(card, a, b, start, stored):
    """{way: {(α,): picture (1, C, H, W)}} at the stored α and at the start, taken from the measured ones."""
    every = max(path_facts.moments(card), stored, key=len)  # one of them contains the other
    kept = np.isin(every, stored) | (every == start)
    wanted = [(every[kept], kept, paths.latent(card, a.code, b.code, every))]
    if start not in every:
        alpha = np.array([start], np.float32)
        wanted.append((alpha, np.array([True]), paths.latent(card, a.code, b.code, alpha)))
    return {
        way: {
            (float(share),): picture[None]
            for shares, chosen, latent in wanted
            for share, picture in zip(shares, latent[way][0][chosen], strict=True)
        }
        for way in wanted[0][2]
    }
