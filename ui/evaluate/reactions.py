"""How metrics react when real pictures are spoiled more and more: values and pictures at eleven strengths."""

import math
from collections.abc import Callable

import numpy as np
import streamlit as st

import checkpoints
import data
from data import corruptions
from evaluate.catalogue import METRICS
from ui import charts, jobs, networks, tiles
from ui.components import curves

CLASSIFIER = "mnist_classifier"
HALF = 500  # pictures of each side
STRENGTHS = tuple(k / 10 for k in range(11))
COLUMNS = 10  # of the strip: two pictures of each class
NAMES = {
    "blur": "Blur",
    "noise": "Noise",
    "drop": "Forget classes",
    "repeat": "Repeat few pictures",
    "move": "Move by pixels",
}


@st.cache_resource(show_spinner=False)
def _pictures():
    """(real, others, labels of the others): two halves of the real pictures, (HALF, C, H, W) uint8."""
    images = data.sample("mnist")  # also where the full set is there: the words beside the curves speak of these
    assert images.labels is not None  # they are shipped
    order = np.random.default_rng(0).permutation(len(images))[: 2 * HALF]
    return images.images[order[:HALF]], images.images[order[HALF:]], images.labels[order[HALF:]]


def spoiled(kind: str, strength: float) -> np.ndarray:
    """The second half, spoiled: (HALF, C, H, W) uint8."""
    _, images, labels = _pictures()
    return corruptions.KINDS[kind](images, labels, strength, np.random.default_rng(1))


@st.cache_data(max_entries=16, show_spinner=False)
def _strip(kind):
    _, _, labels = _pictures()
    images = [np.flatnonzero(labels == label)[row] for row in range(2) for label in range(COLUMNS)]
    return [tiles.data_url(tiles.png(tiles.tile(spoiled(kind, s)[images], COLUMNS))) for s in STRENGTHS]


@st.cache_resource(show_spinner=False)
def _real_features():
    """Features of the untouched half, (HALF, D)."""
    from evaluate.features import features

    return features(networks.model(checkpoints.read(CLASSIFIER)), _pictures()[0])


@st.cache_data(max_entries=16 * len(STRENGTHS), show_spinner=False)
def _at(kind, strength):
    """{metric: value} at one strength; the same for everybody. Draws nothing: what a cached function draws would be
    replayed for people whose page has no such place."""
    import torch

    from evaluate.features import features
    from metrics.coverage import density_and_coverage
    from metrics.frechet import frechet_of_features
    from metrics.inception_score import inception_score
    from metrics.kid import kid

    network, others, pictures = networks.model(checkpoints.read(CLASSIFIER)), _pictures()[1], spoiled(kind, strength)
    with jobs.lock(), torch.inference_mode():
        truth, changed = _real_features(), features(network, pictures)
        density, coverage = density_and_coverage(truth, changed)
        return {
            "frechet": frechet_of_features(changed, truth),
            "kid": kid(changed, truth)[0],
            "inception_score": inception_score(network.head(changed).softmax(1), splits=1)[0],
            "density": density,
            "coverage": coverage,
            "mse": float(np.mean((pictures / 255.0 - others / 255.0) ** 2)),
        }


def measure(kind: str, progress: Callable[[float], object] = lambda share: None) -> dict[str, list[float]]:
    """{metric: eleven values} for a kind of corruption; `progress(share)` is called before each strength."""
    networks.warm().join()
    rows = []
    for index, strength in enumerate(STRENGTHS):
        progress(index / len(STRENGTHS))
        rows.append(_at(kind, strength))
    return {name: [row[name] for row in rows] for name in rows[0]}


def stage(kind: str) -> dict:
    """What is moved: a strip of pictures for every strength (see ui/components/shift/)."""
    return {"kind": "pictures", "frames": _strip(kind), "x": list(STRENGTHS), "size": [28 * COLUMNS, 56]}


def panels(columns: dict[str, list[float]]) -> list[dict]:
    """Curves of all metrics over the strength (see ui/components/shift/)."""
    colours = dict(zip(columns, charts.PALETTE, strict=False))

    def panel(title, *names):
        top = max(max(columns[name]) for name in names) or 1.0
        low = min(0.0, *(min(columns[name]) for name in names))
        lines = [curves.series(METRICS[n].title, "line", colours[n], STRENGTHS, columns[n]) for n in names]
        return {"title": title, "range": [low, 1.08 * top if math.isfinite(top) else 1.0], "series": lines}

    return [
        panel("Fréchet distance: lower is better", "frechet"),
        panel("Inception Score: higher is better", "inception_score"),
        panel("Density and coverage: higher is better", "density", "coverage"),
        panel("KID: lower is better", "kid"),
        panel("MSE to the untouched pictures: lower is better", "mse"),
    ]
