"""A VAE and a GAN of the same data set side by side: samples, one dimension moved, and the way between two codes."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from evaluate import references
from metrics.appearance import laplacian_variance, nearest_other
from ui import networks
from ui.explore import comparison, paths

COUNT = 64  # samples
SHOWN = 23  # moved pictures beside the unmoved one
ALPHAS = np.linspace(0, 1, 11)
TITLES = {  # those first whose two models have the same generator: there the objective alone makes the difference
    "svhn": "SVHN street numbers",
    "street_digits": "Synthetic street numbers",
    "mnist": "MNIST",
    "fashion_mnist": "Fashion-MNIST",
}
SOURCES = {"street_digits": "synthetic"}  # where the pictures of a data set are not photographs or scans
FIGURES = {
    "sharpness": "Variance of the Laplacian. Blur lowers it; noise raises it above that of real pictures.",
    "nearest other sample": "Mean distance to the most similar of the other samples: repetition lowers it.",
    "effective classes": "exp of the entropy of the classes a classifier of ours sees: 10 when all are as frequent.",
    "certainty": "Mean probability of the class that it chooses: pictures between classes lower it.",
}


def pairs(cards):
    """{data set: (VAEs, GANs)} of the data sets on which there are both, in the order of TITLES."""
    found = {}
    for name in dict.fromkeys([*TITLES, *(card.dataset["name"] for card in cards)]):
        of_it = [card for card in cards if card.dataset["name"] == name]
        both = tuple([card for card in of_it if card.family == family] for family in ("vae", "gan"))
        if all(both):
            found[name] = both
    return found


def codes(card, seed):
    """The codes (64, latent) of a seed."""
    return comparison.codes(card.latent, seed, COUNT)


def samples(card, seed):
    return comparison.samples(card, seed, COUNT, 1.0)


def real(card):
    """As many real pictures, or None where they are not here."""
    return comparison.real(card, COUNT)


def figures(card, pictures):
    """{one of FIGURES: value} of pictures (N, C, H, W) uint8; the last two only where a classifier knows them."""
    return _figures(card.name, card.sha256, pictures, card)


@st.cache_data(max_entries=32, show_spinner=False)  # moving ε or another widget measures nothing again
def _figures(name, sha256, pictures, _card):
    values = [laplacian_variance(pictures), nearest_other(pictures)]
    if (classifier := references.classifier(_card, of_its_classes=True)) is not None:
        from evaluate.features import probabilities
        from metrics.recognition import class_shares, effective_classes

        found = probabilities(networks.model(classifier), pictures)
        values += [effective_classes(class_shares(found)), found.max(1).values.mean().item()]
    return dict(zip(FIGURES, values, strict=False))


@dataclass(frozen=True)
class Moved:
    """What adding ε to each dimension alone does to one picture.

    start (C, H, W) uint8; pictures (latent, C, H, W) uint8 in the order of `order`, most visible first; changes
    (latent,) root mean squared pixel differences to `start` in grey levels, falling.
    """

    start: np.ndarray
    pictures: np.ndarray
    changes: np.ndarray
    order: np.ndarray


@st.cache_data(max_entries=32, show_spinner=False)
def _moved(name, sha256, code, epsilon, _card):
    code = np.frombuffer(code, np.float32)
    batch = np.concatenate([code[None], code + epsilon * np.eye(len(code), dtype=np.float32)])
    made = networks.decode(_card, batch)
    start, pictures = made[0], made[1:]
    changes = np.sqrt(np.square(pictures.astype(np.float64) - start).mean(axis=(1, 2, 3)))
    order = np.argsort(-changes, kind="stable")
    return Moved(start, pictures[order], changes[order], order)


def moved(card, code, epsilon):
    """z' = z + ε·eᵢ for every dimension i, decoded in one batch: Moved."""
    return _moved(card.name, card.sha256, code.tobytes(), epsilon, card)


def between(card, a, b):
    """Two rows of eleven pictures (22, C, H, W) uint8: decoded (1 − α)·a + α·b, and the blend of the two pictures."""
    way = networks.decode(card, ((1 - ALPHAS)[:, None] * a + ALPHAS[:, None] * b).astype(np.float32))
    return np.concatenate([way, paths.blend(way[0], way[-1], ALPHAS)])
