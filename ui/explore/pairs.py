"""A VAE and a GAN of the same data set: samples, the effect of every dimension, and the path between two codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from checkpoints import Card
from evaluate import references
from metrics.appearance import laplacian_variance, nearest_other
from ui import networks
from ui.explore import comparison, paths

COUNT = 64  # samples
SHOWN = 23  # dimensions
ALPHAS = np.linspace(0, 1, 11)
SOURCES = {"street_digits": "Synthetic pictures"}  # sources other than photographs and scans, by data set
MEASURES = {  # with their units, and their meaning
    "Laplacian variance, grey levels²": "The variance of a picture's second differences. Blur lowers it; noise raises "
    "it above that of real pictures.",
    "Distance to the nearest other sample": "Euclidean, of pixels from 0 to 1, on average. Repetition lowers it.",
    "Effective number of classes": "exp of the entropy of the classes that our classifier sees: 10 if all ten are "
    "equally frequent.",
    "Certainty of the classifier": "Mean probability of the class that the classifier chooses. Pictures between two "
    "classes lower it.",
}


def by_dataset(cards: list[Card]) -> dict[str, tuple[list[Card], list[Card]]]:
    """{data set: (VAEs, GANs)} for the data sets with both, in the order of the cards."""

    def trained_on(name, family):
        return [card for card in cards if (card.dataset["name"], card.family) == (name, family)]

    names = dict.fromkeys(card.dataset["name"] for card in cards)
    pairs = {name: (trained_on(name, "vae"), trained_on(name, "gan")) for name in names}
    return {name: pair for name, pair in pairs.items() if all(pair)}


def codes(card: Card, seed: int) -> np.ndarray:
    """The random codes (64, latent) float32 of a seed."""
    return comparison.codes(card.code_length, seed, COUNT)


def samples(card: Card, seed: int) -> np.ndarray:
    """A model's pictures of these codes: (64, C, H, W) uint8."""
    return comparison.samples(card, seed, COUNT)


def real(card: Card) -> np.ndarray | None:
    """The same number of real pictures; None if they are not on this machine."""
    return comparison.real(card, COUNT)


def table(card: Card, pictures: dict[str, np.ndarray]) -> pd.DataFrame:
    """MEASURES of pictures {name: (N, C, H, W) uint8}, a column for each."""
    return pd.DataFrame({name: measures(card, some) for name, some in pictures.items()})


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """The table as displayed: texts with three digits."""
    return table.map(_three_digits)


def _three_digits(value):
    digits = f"{value:.2e}"
    return f"{float(digits):,.{max(0, 2 - int(digits.partition('e')[2]))}f}"


def measures(card: Card, pictures: np.ndarray) -> dict[str, float]:
    """{one of MEASURES: value} of pictures (N, C, H, W) uint8; the last two only if there is a classifier for them."""
    return _measures(card.name, card.sha256, pictures, card)


@st.cache_data(max_entries=32, show_spinner=False)  # so that a new ε does not measure them again
def _measures(name, sha256, pictures, _card):
    values = [laplacian_variance(pictures), nearest_other(pictures)]
    if (classifier := references.classifier(_card, of_its_classes=True)) is not None:
        from evaluate.features import probabilities
        from metrics.recognition import class_shares, effective_classes

        chances = probabilities(networks.model(classifier), pictures)
        values += [effective_classes(class_shares(chances)), chances.max(1).values.mean().item()]
    return dict(zip(MEASURES, values, strict=False))


@dataclass(frozen=True)
class DimensionEffects:
    """The effect of adding ε to each dimension alone on one picture.

    start: the picture, (C, H, W) uint8. order: (latent,) dimensions, the most visible first; in that order, pictures:
    (latent, C, H, W) uint8, and changes: (latent,) root mean squared differences to `start` in grey levels.
    """

    start: np.ndarray
    pictures: np.ndarray
    changes: np.ndarray
    order: np.ndarray


def moved(code: np.ndarray, epsilon: float) -> np.ndarray:
    """A code (latent,) and z + ε·eᵢ for every dimension i: (1 + latent, latent) float32."""
    return np.concatenate([code[None], code + epsilon * np.eye(len(code), dtype=np.float32)])


def changes(start: np.ndarray, pictures: np.ndarray) -> np.ndarray:
    """Root mean squared differences (N,) of pictures (N, C, H, W) uint8 from one (C, H, W), in grey levels."""
    return np.sqrt(np.square(pictures.astype(np.float64) - start).mean(axis=(1, 2, 3)))


@st.cache_data(max_entries=32, show_spinner=False)
def _effects(name, sha256, code, epsilon, _card):
    start, *pictures = networks.decode(_card, moved(np.frombuffer(code, np.float32), epsilon))
    pictures = np.stack(pictures)
    change = changes(start, pictures)
    order = np.argsort(-change, kind="stable")
    return DimensionEffects(start, pictures[order], change[order], order)


def effects(card: Card, code: np.ndarray, epsilon: float) -> DimensionEffects:
    """z + ε·eᵢ for every dimension i of a code (latent,), decoded in one batch."""
    return _effects(card.name, card.sha256, code.tobytes(), epsilon, card)


def decoded(card: Card, a: np.ndarray, b: np.ndarray, shares: np.ndarray = ALPHAS) -> np.ndarray:
    """Decoded (1 − α)·a + α·b at the shares α (T,), for two codes (latent,): (T, C, H, W) uint8."""
    return networks.decode(card, ((1 - shares)[:, None] * a + shares[:, None] * b).astype(np.float32))


def between(card: Card, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Two rows of eleven pictures (22, C, H, W) uint8: decoded (1 − α)·a + α·b, and the blend of the two pictures."""
    path = decoded(card, a, b)
    return np.concatenate([path, paths.blend(path[0], path[-1], ALPHAS)])
