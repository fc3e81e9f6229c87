"""How metrics react when real pictures are spoiled more and more: values and pictures at eleven strengths."""

import math

import numpy as np
import streamlit as st

import checkpoints
from data import corruptions
from ui import charts, curves, pick, scores, tiles, turn

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
    images = scores.real(checkpoints.read(CLASSIFIER))
    order = np.random.default_rng(0).permutation(len(images))[: 2 * HALF]
    return images.images[order[:HALF]], images.images[order[HALF:]], images.labels[order[HALF:]]


def spoiled(kind, strength):
    """The second half, spoiled: (HALF, C, H, W) uint8."""
    _, images, labels = _pictures()
    return corruptions.KINDS[kind](images, labels, strength, np.random.default_rng(1))


@st.cache_data(max_entries=16, show_spinner=False)
def _strip(kind):
    _, _, labels = _pictures()
    shown = [np.flatnonzero(labels == label)[row] for row in range(2) for label in range(COLUMNS)]
    return [tiles.data_url(tiles.png(tiles.tile(spoiled(kind, s)[shown], COLUMNS))) for s in STRENGTHS]


@st.cache_data(max_entries=16, show_spinner=False)
def measure(kind, _progress=lambda share: None):
    """{metric: eleven values} for a kind of corruption; the same for everybody."""
    pick.warm().join()
    import torch

    from metrics.coverage import density_and_coverage
    from metrics.features import features
    from metrics.frechet import frechet_of_features
    from metrics.inception_score import inception_score
    from metrics.kid import kid

    network = pick.model(checkpoints.read(CLASSIFIER))
    real, others, _ = _pictures()
    columns = {name: [] for name in ("frechet", "kid", "inception_score", "density", "coverage", "mse")}
    with turn.taken():
        truth = features(network, real)
    for index, strength in enumerate(STRENGTHS):
        _progress(index / len(STRENGTHS))
        pictures = spoiled(kind, strength)
        with turn.taken(), torch.inference_mode():
            ours = features(network, pictures)
            probabilities = network.head(ours).softmax(1)
            density, coverage = density_and_coverage(truth, ours)
            columns["frechet"].append(frechet_of_features(ours, truth))
            columns["kid"].append(kid(ours, truth, subsets=10, size=HALF // 2)[0])
            columns["inception_score"].append(inception_score(probabilities, splits=1)[0])
            columns["density"].append(density)
            columns["coverage"].append(coverage)
            columns["mse"].append(float(np.mean((pictures / 255.0 - others / 255.0) ** 2)))
    return columns


def stage(kind):
    """What is moved: a strip of pictures for every strength (see ui/shift.py)."""
    return {"kind": "pictures", "frames": _strip(kind), "x": list(STRENGTHS), "size": [28 * COLUMNS, 56]}


def panels(columns):
    """Curves of all metrics over the strength (see ui/shift.py)."""
    colours = dict(zip(columns, charts.PALETTE, strict=False))

    def panel(title, *names):
        top = max(max(columns[name]) for name in names) or 1.0
        low = min(0.0, *(min(columns[name]) for name in names))
        lines = [curves.series(scores.METRICS[n].title, "line", colours[n], STRENGTHS, columns[n]) for n in names]
        return {"title": title, "range": [low, 1.08 * top if math.isfinite(top) else 1.0], "series": lines}

    return [
        panel("Fréchet distance: lower is better", "frechet"),
        panel("Inception Score: higher is better", "inception_score"),
        panel("Density and coverage: higher is better", "density", "coverage"),
        panel("KID: lower is better", "kid"),
        panel("MSE to the untouched pictures: lower is better", "mse"),
    ]
