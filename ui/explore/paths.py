"""Paths from one picture to another: through the latent space and through the pixels."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from checkpoints import Card
from metrics.code_graph import Way
from ui import code_graphs, computed, gallery, networks

FRAMES = 33  # of an animation, α from 0 to 1; also used while dragging, if no network runs in the browser
ROWS = 10  # pairs in one figure
TITLES = {"lerp": "Straight line", "slerp": "Great circle", "around": "Along the data", "blend": "Pixel blend"}
KINDS = {
    "lerp": "Straight line between the codes, decoded",
    "slerp": "Great circle between the codes, decoded",
    "blend": "Blend of the two pictures",
}
BETWEEN = 7  # decoded pictures between the two ends
CLASS_PAIRS = {"same": "The same class", "different": "Different classes"}


def alphas() -> np.ndarray:
    """Share of picture B in every frame: (33,) float32."""
    return np.linspace(0, 1, FRAMES, dtype=np.float32)


def strip() -> np.ndarray:
    """The α of the pictures under the slider: (9,) float32."""
    return np.linspace(0, 1, BETWEEN + 2, dtype=np.float32)


@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _around(name, sha256, a, b, _card):
    graph = code_graphs.of(_card)
    return None if graph is None else graph.way(np.frombuffer(a, np.float32), np.frombuffer(b, np.float32))


def around(card: Card, a: np.ndarray, b: np.ndarray) -> Way | None:
    """The path between two codes (latent,) along the codes of pictures; None if there is none."""
    return _around(card.name, card.sha256, a.tobytes(), b.tobytes(), card)


def places(way: Way) -> np.ndarray:
    """The shares of its length at which a path passes its points (V, latent): (V,) float32 from 0 to 1."""
    import torch

    from models.interpolation import shares

    return shares(torch.tensor(way.points)).numpy().astype(np.float32)


@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _latent(name, sha256, a, b, shares, _card):
    a, b, shares = (np.frombuffer(numbers, np.float32) for numbers in (a, b, shares))
    return {
        path: (networks.decode(_card, codes), np.linalg.norm(codes, axis=1))
        for path, codes in codes_on(_card, a, b, shares).items()
    }


def codes_on(card: Card, a: np.ndarray, b: np.ndarray, shares: np.ndarray) -> dict[str, np.ndarray]:
    """Codes (T, latent) at the shares (T,) on every way between two codes (latent,): "lerp", "slerp", and "around".

    The last one only if there is a path along the codes of pictures.
    """
    import torch

    from models.interpolation import along, lerp, slerp

    first, last, t = (torch.tensor(np.asarray(numbers, np.float32)) for numbers in (a, b, shares))
    codes = {"lerp": lerp(first, last, t), "slerp": slerp(first, last, t)}
    if (way := around(card, a, b)) is not None:
        codes["around"] = along(torch.tensor(way.points), t)
    return {path: codes.numpy() for path, codes in codes.items()}


def latent(
    card: Card, a: np.ndarray, b: np.ndarray, shares: np.ndarray | None = None
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """{way of `codes_on`: (frames (T, C, H, W) uint8, ‖z‖ (T,))} between two codes (latent,).

    shares: α of every frame, (T,); by default those of an animation.
    """
    shares = alphas() if shares is None else np.asarray(shares, np.float32)
    return _latent(card.name, card.sha256, a.tobytes(), b.tobytes(), shares.tobytes(), card)


def lengths(card: Card, a: np.ndarray, b: np.ndarray, shares: np.ndarray) -> dict[str, np.ndarray]:
    """{way of `codes_on`: ‖z‖ (T,) at the shares (T,)} between two codes (latent,)."""
    return {path: np.linalg.norm(codes, axis=1) for path, codes in codes_on(card, a, b, shares).items()}


def length_of_random(latent: int) -> tuple[float, float]:
    """Mean and standard deviation of ‖z‖ for z ~ N(0, I) in `latent` dimensions (the χ distribution)."""
    mean = math.sqrt(2) * math.exp(math.lgamma((latent + 1) / 2) - math.lgamma(latent / 2))
    return mean, math.sqrt(latent - mean**2)


def blend(a: np.ndarray, b: np.ndarray, shares: np.ndarray | None = None) -> np.ndarray:
    """Mixtures of two pictures (C, H, W) uint8, pixel by pixel, at the shares (T,) of b: (T, C, H, W) uint8."""
    shares = alphas() if shares is None else shares
    mixed = a + shares[:, None, None, None] * (b.astype(np.float32) - a)
    return mixed.round().astype(np.uint8)


def way(card: Card) -> str:
    """The way between two codes in rows of pictures: the great circle if shorter codes are not valid noise."""
    return "slerp" if card.kind.reversible else "lerp"


@computed.by_models
@st.cache_data(max_entries=16, show_spinner=False)
def _class_pairs(name, sha256, same, seed, real, _card):
    import torch

    from evaluate.samples import to_bytes
    from metrics.interpolation import class_pairs, interpolation_rows
    from models import interpolation
    from models.interpolation import lerp

    if not real:
        preview = networks.preview(_card)
        pairs = class_pairs(torch.tensor(preview["labels"]), ROWS, same=same, seed=seed)
        ends = torch.tensor(preview["codes"])[pairs]  # (10, 2, latent)
        times = torch.linspace(0, 1, BETWEEN + 2)
        return networks.decode(_card, torch.cat([lerp(a, b, times) for a, b in ends]).numpy())
    sample = gallery.test_images(_card)
    assert sample is not None
    assert sample.labels is not None  # of the sets of models with an encoder
    pairs = class_pairs(torch.from_numpy(sample.labels), ROWS, same=same, seed=seed)
    images = torch.from_numpy(sample.images).float() / 255
    path = getattr(interpolation, way(_card))
    rows = interpolation_rows(networks.model(_card), images[pairs[:, 0]], images[pairs[:, 1]], BETWEEN, path)
    return to_bytes(rows.flatten(0, 1)).numpy()


def class_pairs(card: Card) -> list[str]:
    """The keys of CLASS_PAIRS that are possible with its pictures: not "different" with one class, and not "same" if
    each picture has its own class."""
    sample = gallery.test_images(card)
    labels = networks.preview(card)["labels"] if sample is None or sample.labels is None else sample.labels
    counts = np.unique(labels, return_counts=True)[1]
    there = {"same": (counts > 1).any(), "different": len(counts) > 1}
    return [kind for kind in CLASS_PAIRS if there[kind]]


def of_class_pairs(card: Card, *, same: bool, seed: int) -> np.ndarray:
    """10 random pairs of the same or of different classes, and the pictures between: (10 · 9, C, H, W) uint8.

    The ends are test images; if there are none with classes, decoded codes of test images.
    """
    sample = gallery.test_images(card)
    real = sample is not None and sample.labels is not None
    return _class_pairs(card.name, card.sha256, same, seed, real, card)


@computed.by_models
@st.cache_data(max_entries=16, show_spinner=False)
def _random_codes(name, sha256, seed, _card):
    import torch

    from models import interpolation

    path = getattr(interpolation, way(_card))
    ends = torch.from_numpy(np.random.default_rng(seed).standard_normal((ROWS, 2, _card.code_length), np.float32))
    times = torch.linspace(0, 1, BETWEEN + 2)
    decoded = networks.decode(_card, torch.cat([path(a, b, times) for a, b in ends]).numpy(), sketch=True)
    rows = decoded.reshape(ROWS, BETWEEN + 2, *_card.shape)
    return {way(_card): decoded, "blend": np.concatenate([blend(row[0], row[-1], times.numpy()) for row in rows])}


def of_random_codes(card: Card, seed: int) -> dict[str, np.ndarray]:
    """10 pairs of random codes: {`way` of the model: decoded codes along it, "blend": blends of the two pictures}.

    Each (10 · 9, C, H, W) uint8, row by row.
    """
    return _random_codes(card.name, card.sha256, seed, card)
