"""The Flow page: its controls, and the data that it sends to its component."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import browser_networks, gallery, networks, url
from ui.components import floats, grey, initial_value
from ui.components.flow import flow
from ui.layout import component_and_spinner

PICTURES = 10
SOLVERS = ("euler", "midpoint", "heun")
COUNTS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20)  # of steps from noise to picture
GUIDANCES = (-2.0, 10.0)
EACH, ANY = "each", "any"  # labels besides the class numbers
SERVER = "flow: browsers that need the server's pictures"  # in the session state


@dataclass(frozen=True)
class Way:
    """How noise becomes a picture. label: EACH for class k of picture k, ANY, or a class number as text."""

    label: str = EACH
    solver: str = "midpoint"
    steps: int = 10
    guidance: float = 1.0


@dataclass(frozen=True)
class View:
    """A way, the time t at which it is shown, and the number of the highlighted picture."""

    way: Way = Way()
    t: float = 1.0
    chosen: int = 2


def labels(card: Card) -> list[str]:
    """The possible labels."""
    return [EACH, *map(str, range(len(classes(card)))), ANY]


def classes(card: Card) -> Sequence[str]:
    """The names of the classes."""
    sample = gallery.test_images(card)
    return [str(k) for k in range(10)] if sample is None else sample.classes


def viewed(card: Card) -> View:
    """The view set by the user or by the link."""
    way, default = Way(), View()
    asked = url.kept("flow_steps", COUNTS[0], COUNTS[-1], way.steps)
    return View(
        Way(
            label=url.picked("class", labels(card), way.label),
            solver=url.picked("method", SOLVERS, way.solver),
            steps=min(COUNTS, key=lambda count: abs(count - asked)),
            guidance=url.kept("guidance", *GUIDANCES, way.guidance),
        ),
        t=url.kept("time", 0.0, 1.0, default.t),
        chosen=int(url.kept("picture", 0, PICTURES - 1, default.chosen)),
    )


def keep(card: Card, report: dict[str, Any]) -> None:
    """Keep what the component reports, unless its controls cannot have set it."""
    numbers = [report.get(name) for name in ("t", "guidance", "chosen")]
    named = report.get("label") in labels(card) and report.get("solver") in SOLVERS and report.get("steps") in COUNTS
    if not named or not url.within(numbers, [(0.0, 1.0), GUIDANCES, (0, PICTURES - 1)]):
        return
    names = {"t": "time", "chosen": "picture", "label": "class", "solver": "method", "steps": "flow_steps"}
    for name in ("t", "chosen", "label", "solver", "steps", "guidance"):
        url.keep(names.get(name, name), report[name])
    st.session_state[SERVER] = report.get("server") is True


def noise(card: Card, seed: int) -> np.ndarray:
    """(PICTURES, latent) float32: for seed 0 the recorded codes."""
    if seed == 0:
        return networks.preview(card)["codes"][:PICTURES]
    return np.random.default_rng(seed).standard_normal((PICTURES, card.code_length), np.float32)


@st.cache_data(max_entries=32, show_spinner=False)
def _paths(name, sha256, way, seed, _card):
    import torch

    from evaluate import preview

    model, count = networks.model(_card), len(classes(_card))
    asked = range(PICTURES) if way.label == EACH else [int(way.label)] * PICTURES if way.label != ANY else None
    label = None if asked is None else torch.tensor([k % count for k in asked])
    return preview.paths(model, torch.from_numpy(noise(_card, seed).copy()), label, way.guidance, way.steps, way.solver)


def paths(card: Card, way: Way, seed: int) -> np.ndarray:
    """The pictures along the paths, (moments, PICTURES, C, H, W) uint8, as from evaluate.preview.paths."""
    return _paths(card.name, card.sha256, way, seed, card)


@st.cache_resource(max_entries=8, show_spinner=False)
def means(dataset: str) -> dict[int, tuple[np.ndarray, str]]:
    """{class number, or the number of classes for all: (mean (C, H, W) uint8 of shipped pictures, which ones)}."""
    sample = gallery.sample(dataset)
    every = {len(sample.classes): (sample.images, f"{len(sample.images):,} real pictures")}
    if sample.labels is not None:
        for number, name in enumerate(sample.classes):
            own = sample.images[sample.labels == number]
            every[number] = own, f"{len(own)} real pictures of class {name}"
    return {number: (images.mean(0).round().astype(np.uint8), words) for number, (images, words) in every.items()}


def message(card: Card, view: View, seed: int, *, answered: bool) -> dict[str, Any]:
    """Data for ui.components.flow. answered: whether the browser needs the server's pictures of this view."""
    recorded = networks.preview(card).get("paths") if seed == 0 else None
    known = {} if gallery.test_images(card) is None else means(card.dataset["name"])
    return {
        "identity": f"{card.sha256} {seed}",
        "network": browser_networks.given(card, "velocity"),
        "shape": card.shape,
        "classes": list(classes(card)),
        "noise": floats.text(noise(card, seed)),
        "view": {"t": view.t, "chosen": view.chosen, **asdict(view.way)},
        "solvers": SOLVERS,
        "counts": COUNTS,
        "guidances": GUIDANCES,
        "stored": None if recorded is None else _sent(Way(), recorded),
        "answer": _sent(view.way, paths(card, view.way, seed)) if answered else None,
        "means": {number: {"picture": grey.text(mean), "words": words} for number, (mean, words) in known.items()},
    }


def _sent(way, pictures):
    return {"view": asdict(way), "pictures": grey.text(pictures)}


def show(key: str, card: Card, seed: int) -> None:
    """Mount the component. The server computes only if the browser has reported that it cannot."""
    view, answered = viewed(card), st.session_state.get(SERVER, False)
    place, waiting = component_and_spinner()
    if answered:
        with waiting, st.spinner("The server computes these pictures …", show_time=False):
            networks.warm().join()
            data = message(card, view, seed, answered=True)
    else:
        data = message(card, view, seed, answered=False)
    data["view"] = initial_value(key, data["identity"], data["view"])  # the browser's view is the newer one
    with place:
        flow(key, data, on_view=lambda report: keep(card, report))
