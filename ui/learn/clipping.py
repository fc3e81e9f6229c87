"""Content of the page about WGANs: critics for every clip value, and the weights of a trained one."""

from __future__ import annotations

import numpy as np
import streamlit as st

from checkpoints import Card
from checkpoints.recorded.clipped_critics import ClippedCritics
from data import toy
from metrics import divergence, gan_values
from ui import charts, gallery, networks
from ui.components import curves

P, Q = toy.TWO_GAUSSIANS, toy.MIDDLE_GAUSSIAN
BINS = 41
DATA, GENERATED = charts.REAL, charts.GENERATED
CLIPPED, PENALISED, BEST = charts.PALETTE[4], charts.PALETTE[2], "#8a8a8a"


@st.cache_data(show_spinner=False)
def distance() -> float:
    """The Wasserstein distance of the toy pair, in units of x."""
    return divergence.wasserstein(P, Q)


def captions(critics: ClippedCritics) -> list[str]:
    """A text for each clip value."""
    return [f"clip value c = {clip:g}" for clip in critics.clips]


def estimates(critics: ClippedCritics) -> np.ndarray:
    """Every critic's estimate of the Wasserstein distance: its value divided by its steepest slope, units of x."""
    return critics.values / critics.slopes


def figures(critics: ClippedCritics) -> dict[str, list[str]]:
    """Measurements of each clipped critic, {name: a text for each}."""
    count = len(critics.clips)
    return {
        "weights at −c or c": [f"{share:.0%}" for share in critics.at_ends],
        "value E T(p) − E T(q)": [_rounded(value) for value in critics.values[:count]],
        "steepest slope": [_rounded(slope) for slope in critics.slopes[:count]],
        "value ÷ slope, units of x": [f"{estimate:.2f}" for estimate in estimates(critics)[:count]],
        "Wasserstein, units of x": [f"{distance():.2f}"] * count,
    }


def _rounded(value):
    """Two significant digits, without exponents: the critics span three powers of ten."""
    return f"{float(f'{value:.1e}'):.5f}".rstrip("0").rstrip(".")


def _centred(critic):
    """A critic's values (…, grid) minus its value in the middle of the grid."""
    return critic - critic[..., critic.shape[-1] // 2, None]


def panels(critics: ClippedCritics) -> list[dict]:
    """Densities, critics and weights over the clip values (see ui/components/curve_player/)."""
    x = critics.grid
    scaled = _centred(critics.critics) / critics.slopes[:, None]
    edges = np.linspace(-1, 1, BINS + 1)
    # Weights are divided by c for the clipped critics, and by the largest weight for the other.
    bounds = np.array([*critics.clips, np.abs(critics.weights[-1]).max()])
    shares = np.stack([np.histogram(w / c, edges)[0] / len(w) for w, c in zip(critics.weights, bounds, strict=True)])
    corners = np.repeat(edges, 2)[1:-1]
    steps = np.repeat(shares, 2, axis=1)
    clipped, penalised = "clipped critic", "critic with gradient penalty"
    return [
        {
            "title": "Densities of the data p and the generator q",
            "quantity": "x",
            "range": [0.0, 0.85],
            "series": [
                curves.series("data p", "line", DATA, x, P.pdf(x)),
                curves.series("generator q", "line", GENERATED, x, Q.pdf(x)),
            ],
        },
        {
            "title": "Critic T(x) ÷ its steepest slope",
            "quantity": "x",
            "range": [-4.2, 4.2],
            "series": [
                curves.series(
                    "best critic, slope 1", "line", BEST, x, _centred(gan_values.best_critic(P, Q, x)), dash=True
                ),
                curves.series(penalised, "line", PENALISED, x, scaled[-1]),
                curves.series(clipped, "line", CLIPPED, x, scaled[:-1]),
            ],
        },
        {
            "title": "Share of the weights over weight ÷ c",
            "quantity": "w ÷ c",
            "range": [0.0, 1.05 * float(steps.max())],
            "axis": [-1.05, 1.05],
            "series": [
                curves.series(penalised, "line", PENALISED, corners, steps[-1]),
                curves.series(clipped, "line", CLIPPED, corners, steps[:-1]),
            ],
        },
    ]


def models() -> list[Card]:
    """Cards of the trained GANs whose critic's weights were clipped."""
    return [card for card in gallery.cards("gan") if str(card.recipe.get("loss", "")).startswith("Wasserstein(clip")]


@st.cache_data(max_entries=8, show_spinner=False)
def _weights(name, sha256, _card):
    network = networks.model(_card)
    from train.live.clipping import weight_histogram

    layers = [part for part in network.discriminator.modules() if getattr(part, "weight", None) is not None]
    return [weight_histogram(layer) for layer in layers]


def weights(card: Card) -> list:
    """train.live.clipping.weight_histogram of every layer of a trained GAN's critic, from the first layer on."""
    return _weights(card.name, card.sha256, card)
