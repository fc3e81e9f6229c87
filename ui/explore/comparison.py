"""The same random codes through several models."""

from __future__ import annotations

import numpy as np
import streamlit as st

from checkpoints import Card
from metrics.appearance import edges, variety
from ui import gallery, networks

MOST = 4  # models side by side
ROW = 8  # pictures in a row of a grid


def codes(latent: int, seed: int, count: int, psi: float = 1.0) -> np.ndarray:
    """ψ times `count` random codes of a seed, (count, latent) float32; a shorter code is the start of a longer one."""
    drawn = np.random.default_rng(seed).standard_normal((latent, count))
    return (psi * drawn.T).astype(np.float32)


@st.cache_data(max_entries=64, show_spinner=False)
def _samples(name, sha256, seed, count, psi, _card):
    return networks.decode(_card, codes(_card.latent, seed, count, psi))


def samples(card: Card, seed: int, count: int, psi: float) -> np.ndarray:
    """Pictures (count, C, H, W) uint8 that a model makes of the codes of a seed."""
    return _samples(card.name, card.sha256, seed, count, psi, card)


def appearance(pictures: np.ndarray) -> dict[str, float]:
    """{"sharpness", "variety"}: mean difference of neighbouring pixels and of two pictures, in grey levels."""
    return {"sharpness": edges(pictures), "variety": variety(pictures)}


def real(card: Card, count: int) -> np.ndarray | None:
    """The first test images (count, C, H, W) uint8 of the model's data set; None where none of its size are there."""
    sample = gallery.test_images(card)
    return None if sample is None or sample.images.shape[1:] != tuple(card.shape) else sample.images[:count]


def real_appearance(card: Card, count: int) -> dict[str, float] | None:
    """The same of as many test images; None where there are none."""
    pictures = real(card, count)
    return None if pictures is None else appearance(pictures)


def defaults(cards: list[Card]) -> list[str]:
    """Names of the models that a first visit compares: those of the first model's data set."""
    first = next((card for card in cards if card.name == gallery.FIRST), cards[0])
    names = [card.name for card in cards if card.dataset["name"] == first.dataset["name"]]
    return (names if len(names) > 1 else [card.name for card in cards])[:MOST]
