"""The parts of one picture's likelihood: codes drawn from q(z|x), their weights, and the KL of every dimension."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from scipy import ndimage

from checkpoints import Card
from metrics.appearance import outline
from ui import charts, jobs, networks, recordings

SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)  # K
CODES = 2000


@dataclass(frozen=True)
class Likelihood:
    """All in nats. elbo, log_px: the estimates of 1 and of CODES codes; reconstruction, kl: the parts of the ELBO.

    bound, spread: for every K of SIZES. kl_per_dimension (latent,).
    """

    elbo: float
    reconstruction: float
    kl: float
    log_px: float
    bound: list
    spread: list
    kl_per_dimension: np.ndarray


@st.cache_data(max_entries=128, show_spinner="Weighing 2,000 codes …")
def _likelihood(name, sha256, raw, shape, seed, _card):
    network = networks.model(_card)
    import torch

    from metrics.likelihood import bounds, log_weights
    from models.probability import kl_to_standard_normal, reparameterise

    image = np.frombuffer(raw, np.uint8).reshape(1, *shape)
    with jobs.lock(), torch.inference_mode():
        x = torch.from_numpy(image.astype(np.float32)) / 255
        mean, log_var = network.encode(x)
        noise = torch.randn(1, CODES, network.latent, generator=torch.Generator().manual_seed(seed))
        weights = log_weights(network, x, reparameterise(mean[:, None], log_var[:, None], noise))[0]
        kl = kl_to_standard_normal(mean, log_var)[0]
        bound, spread = bounds(weights, SIZES)
    elbo, total = bound[0], kl.sum().item()
    return Likelihood(elbo, elbo + total, total, bound[-1], bound, spread, kl.numpy())


def likelihood(card: Card, image: np.ndarray, seed: int) -> Likelihood:
    """The likelihood of a picture (C, H, W) uint8, with codes of a seed."""
    return _likelihood(card.name, card.sha256, image.tobytes(), image.shape, seed, card)


RECORDING = "likelihoods"  # written by `python -m train.recordings.likelihoods`
COMPARED_CODES = 200  # K for compared pictures, as for the recorded test digits
FLIPPED = 5  # pixels; the number in the name in `changed`


@dataclass(frozen=True)
class Reference:
    """Test digits of a VAE: log p(x) in nats and lengths of outlines, (N,) each; "drawn": black and white by sampling
    each pixel, "threshold": the same digits by a threshold."""

    log_px: dict[str, np.ndarray]
    outline: dict[str, np.ndarray]

    @property
    def correlation(self) -> float:
        """Correlation of the outline's length and log p(x) over the test digits."""
        return float(np.corrcoef(self.outline["drawn"], self.log_px["drawn"])[0, 1])

    @property
    def per_pair(self) -> float:
        """Nats per additional pair of different neighbours: the slope of a line fitted to the test digits."""
        return float(np.polyfit(self.outline["drawn"], self.log_px["drawn"], 1)[0])

    @property
    def by_threshold(self) -> float:
        """Mean gain of a digit in nats if its pixels are thresholded instead of sampled."""
        return float(np.mean(self.log_px["threshold"] - self.log_px["drawn"]))

    def share_below(self, log_px: float) -> float:
        """The share of test digits with a lower log p(x)."""
        return float(np.mean(self.log_px["drawn"] < log_px))


def reference(card: Card) -> Reference | None:
    """The recorded test digits of a model; None if it has none or, with a warning, if the file is damaged."""
    recorded = recordings.read("read", RECORDING)
    if recorded is None or recorded["models"].get(card.name) != card.sha256:
        return None
    kinds = recorded["kinds"]
    return Reference(
        {kind: np.array(values["log_px"][card.name]) for kind, values in kinds.items()},
        {kind: np.array(values["outline"]) for kind, values in kinds.items()},
    )


@dataclass(frozen=True)
class Compared:
    """A picture (C, H, W) uint8 of zeros and 255s, its log p(x) in nats and the length of its outline."""

    name: str
    image: np.ndarray
    log_px: float
    outline: int


def changed(image: np.ndarray) -> dict[str, np.ndarray]:
    """{name: picture}: a black and white picture (1, H, W) uint8 and changed versions of it."""
    half = image.copy()
    half[:, image.shape[1] // 2 :] = 0
    flipped = image.copy()
    rows = np.random.default_rng(0).permutation(image.size)[:FLIPPED]
    flipped.reshape(-1)[rows] = 255 - flipped.reshape(-1)[rows]
    return {
        "this picture": image,
        "outline smoothed": ndimage.median_filter(image, (1, 3, 3)),
        "upper half only": half,
        "upside down": np.ascontiguousarray(image[:, ::-1]),
        "five pixels flipped": flipped,
    }


def compare(card: Card, pictures: dict[str, np.ndarray]) -> list[Compared]:
    """log p(x) of pictures (1, H, W) uint8, with COMPARED_CODES codes each."""
    images = np.stack(list(pictures.values()))
    values = _log_px(card.name, card.sha256, images.tobytes(), images.shape, card)
    lengths = outline(images)
    return [
        Compared(name, image, value, int(length))
        for (name, image), value, length in zip(pictures.items(), values, lengths, strict=True)
    ]


@st.cache_data(max_entries=128, show_spinner="Weighing codes of each picture …")
def _log_px(name, sha256, raw, shape, _card):
    network = networks.model(_card)
    import torch

    from metrics.likelihood import importance_log_px

    images = np.frombuffer(raw, np.uint8).reshape(shape)
    values = []
    for image in images:
        with jobs.lock():  # others get their turn between two pictures
            x = torch.from_numpy(image[None].astype(np.float32)) / 255
            values += importance_log_px(network, x, COMPARED_CODES).tolist()
    return values


def chart(known: Reference, compared: list[Compared]) -> go.Figure:
    """log p(x) against the outline's length: the test digits as dots and a histogram, the pictures as numbers."""
    figure = charts.beside_histogram(
        {
            "test digits": (known.outline["drawn"], known.log_px["drawn"]),
            "the same, black and white by a threshold": (known.outline["threshold"], known.log_px["threshold"]),
        },
        x_title="length of the outline, pairs of pixels",
        y_title="log p(x), nats",
        colours=(charts.REAL, charts.PALETTE[2]),
    )
    return charts.marked(
        figure,
        [one.outline for one in compared],
        [one.log_px for one in compared],
        [str(k + 1) for k in range(len(compared))],
        name="your pictures",
    )
