"""Start pictures, and below them the same codes moved along the new direction and all kept ones, by sliders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from checkpoints.directions import Direction
from ui import charts, networks, slides, url
from ui.components import curves, initial_value
from ui.components.live_pictures import Panel, Slider, described, live_pictures
from ui.explore.directions.making import Contrast
from ui.explore.directions.population import Population
from ui.explore.directions.purity import HIGH, LOW, OTHER, STEPS, Purity

KEY = "directions"
STORED_WANTED = f"{KEY}: no network runs in the browser"
STEPS_NOW = f"{KEY}: where the sliders stand"
COUNT = 8  # pictures
STARTS = {"from": "“From”", "to": "“To”", "any": "Any pictures", "prior": "Random codes"}
SHOWN_CLASSES = 6  # curves, at most


def start_codes(population: Population, contrast: Contrast | None, start: str) -> tuple[np.ndarray, np.ndarray | None]:
    """(codes (8, latent) float32, their rows or None) for a key of STARTS."""
    if start == "prior":
        drawn = np.random.default_rng(0).standard_normal((COUNT, population.codes.shape[1]), np.float32)
        return drawn, None
    if start == "any" or contrast is None:
        rows = np.random.default_rng(1).permutation(len(population))[:COUNT]
    else:
        rows = (contrast.start if start == "from" else contrast.end)[:COUNT]
    return population.codes[rows], rows


def names(kept: Sequence[Direction]) -> list[str]:
    """Names of the sliders' values: "t" for the direction being made, and one for each kept direction."""
    return ["t", *(f"k{number}" for number in range(1, len(kept) + 1))]


def values(card: Card, kept: Sequence[Direction]) -> dict[str, float]:
    """The sliders' values from the link: by default one step along the new direction, none along kept ones."""
    count = len(kept) + 1
    problem = f"t in this link is not a number from {LOW:g} to {HIGH:g} for each slider, so one step is shown."
    bounds = [(LOW, HIGH)] * count
    start = [1.0, *[0.0] * len(kept)]
    found = url.listed("t", (card.name, count), start, float, lambda numbers: url.within(numbers, bounds), problem)
    st.session_state[STEPS_NOW] = found
    return dict(zip(names(kept), found, strict=True))


def place(card: Card, change: Callable[[list[float]], list[float]]) -> None:
    """Apply `change` to the list of slider values when a slider is added or removed."""
    steps = change(list(st.session_state.get(STEPS_NOW, [1.0])))
    url.keep("t", steps, (card.name, len(steps)))


def show(
    population: Population, contrast: Contrast | None, kept: Sequence[Direction], purity: Purity | None, start: str
) -> None:
    """The component: the start pictures, the moved ones, a slider for each direction, and the shares of the classes."""
    card = population.card
    codes, rows = start_codes(population, contrast, start)
    vectors = [contrast.direction.vector if contrast else np.zeros_like(codes[0]), *(one.vector for one in kept)]
    stack = np.ascontiguousarray(np.stack(vectors), np.float32)
    hand = values(card, kept)
    scene = (card.sha256, codes.tobytes(), stack.tobytes(), [one.name for one in kept])
    at = initial_value(KEY, scene, hand)
    still = population.pictures(rows) if rows is not None else networks.decode(card, codes)
    common: dict[str, Any] = {"shape": card.shape, "shown": len(codes), "columns": len(codes)}
    panels = [
        Panel(
            "At the start",
            STARTS[start],
            f"{len(codes)} start pictures",
            card=None,
            way={"kind": "still"},
            stored={tuple(at.values()): still},
            **common,
        ),
        Panel(
            "Moved",
            "each code + t · direction",
            f"The same {len(codes)} codes, moved along the direction",
            card=card,
            way={
                "kind": "along",
                "codes": codes,
                "vectors": stack,
                "latent": codes.shape[1],
                "count": len(codes),
                "names": names(kept),
            },
            stored=_stored(card, codes, stack, hand, still),
            **common,
        ),
    ]
    label = (
        f"{contrast.direction.name}: 0 is the start, 1 one step" if contrast else "no direction yet: choose two groups"
    )
    sliders = [Slider("t", "t", label, LOW, HIGH, step=0.05)]
    for name, one in zip(names(kept)[1:], kept, strict=True):
        sliders.append(Slider(name, "+", one.name, LOW, HIGH, step=0.05))
    data = described(
        panels,
        sliders,
        at,
        scene=scene,
        columns=1,
        without=f"The pictures move in {len(STEPS)} steps along t",
        play="t",
        curves=None if purity is None else _shares(card, purity),
    )
    live_pictures(
        KEY,
        data,
        on_values=lambda moved: url.keep("t", [moved[name] for name in names(kept)], (card.name, len(moved))),
        on_stored=lambda: st.session_state.update({STORED_WANTED: True}),
    )


def _stored(card, codes, stack, hand, still):
    """The start pictures, with all sliders at 0; if the browser has no network, those of 13 steps as well."""
    found = {tuple([0.0] * len(stack)): still}
    if not st.session_state.get(STORED_WANTED):
        return found
    others = np.array(list(hand.values())[1:], np.float32)
    for step in sorted({*STEPS.tolist(), hand["t"]}):
        at = np.array([step, *others], np.float32)
        found[tuple(float(one) for one in at)] = networks.decode(card, codes + at @ stack)
    return found


def _shares(card, purity):
    order = np.argsort(-purity.shares.max(0), kind="stable")
    named = [k for k in order if purity.shares[:, k].max() > OTHER or purity.wanted[k] or purity.left[k]]
    lines = [
        curves.series(
            purity.classes[k],
            "line",
            charts.PALETTE[k % len(charts.PALETTE)],
            purity.steps,
            purity.shares[:, k],
            dash=not (purity.wanted[k] or purity.left[k]),
            digits=3,
        )
        for k in sorted(named[:SHOWN_CLASSES])
    ]
    panel = {
        "title": "Share of each class after t steps",
        "range": [0, 1],
        "log": False,
        "series": lines,
        "height": 190,
    }
    words = slides.words(f"{card.name}_shares", "Classes along a direction", card.title)
    return {"panels": [panel], "axis": [LOW, HIGH], "marked": True, "save": words}
