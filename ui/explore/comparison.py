"""The same random codes through several models."""

import numpy as np
import streamlit as st

from metrics.appearance import edges, variety
from ui import gallery, networks

MOST = 4  # models side by side
ROW = 8  # pictures in a row of a grid


def codes(latent, seed, count, psi=1.0):
    """`count` codes (count, latent) float32 of a seed, times ψ. A shorter code is the beginning of a longer one."""
    drawn = np.random.default_rng(seed).standard_normal((latent, count))
    return (psi * drawn.T).astype(np.float32)


@st.cache_data(max_entries=64, show_spinner=False)
def _samples(name, sha256, seed, count, psi, _card):
    return networks.decode(_card, codes(_card.latent, seed, count, psi))


def samples(card, seed, count, psi):
    """Pictures (count, C, H, W) uint8 that a model makes of the codes of a seed."""
    return _samples(card.name, card.sha256, seed, count, psi, card)


def figures(pictures):
    """{"sharpness", "variety"}: mean difference of neighbouring pixels and of two pictures, in grey levels."""
    return {"sharpness": edges(pictures), "variety": variety(pictures)}


def real(card, count):
    """The first test images (count, C, H, W) uint8 of the model's data set; None where none of its size are here."""
    found = gallery.test_images(card)
    return None if found is None or found.images.shape[1:] != tuple(card.shape) else found.images[:count]


def real_figures(card, count):
    """The figures of as many real pictures; None where they are not here."""
    pictures = real(card, count)
    return None if pictures is None else figures(pictures)


def defaults(cards):
    """Names of the models that are shown at first: those of the first model's data set."""
    first = next((card for card in cards if card.name == gallery.FIRST), cards[0])
    names = [card.name for card in cards if card.dataset["name"] == first.dataset["name"]]
    return (names if len(names) > 1 else [card.name for card in cards])[:MOST]
