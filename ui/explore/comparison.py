"""The same random codes through several models."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from metrics.appearance import edges, variety
from ui import gallery, networks

MOST = 4  # models side by side
AT_FIRST = 3  # on a first visit, beside real pictures
MOST_SHIFTS = 4  # dimensions with a slider at a time
ROW = 8  # pictures in a row of a grid
LONGEST_SHIFT = 3.0  # of one dimension, added to all codes


@dataclass(frozen=True)
class Hand:
    """Changes to the codes of a seed: truncation, the walk to the next seed, and shifts of single dimensions."""

    psi: float = 1.0
    alpha: float = 0.0  # 0 to 1
    shifts: tuple[tuple[int, float], ...] = ()  # (dimension, counted from 0; number added to it)


def codes(latent: int, seed: int, count: int) -> np.ndarray:
    """`count` random codes of a seed, (count, latent) float32; a shorter code is a prefix of a longer one."""
    return np.random.default_rng(seed).standard_normal((latent, count)).T.astype(np.float32)


def moved(seeds: np.ndarray, following: np.ndarray, hand: Hand) -> np.ndarray:
    """The codes (count, latent) of a seed, changed by the hand; following: (count, latent) of the next seed.

    ψ·(cos(απ/2)·z + sin(απ/2)·z′), then the shifts of those dimensions that the codes have. For independent z, z′ ~
    N(0, I) the sum in brackets is N(0, I) again at every α, so a walk from seed to seed passes only through random
    codes.
    """
    angle = hand.alpha * np.pi / 2
    reached = hand.psi * (np.cos(angle) * seeds + np.sin(angle) * following)
    for dimension, shift in hand.shifts:
        if dimension < reached.shape[1]:
            reached[:, dimension] += shift
    return reached.astype(np.float32)


@st.cache_data(max_entries=64, show_spinner=False)
def _samples(name, sha256, seed, count, hand, _card):
    return networks.decode(
        _card, moved(codes(_card.code_length, seed, count), codes(_card.code_length, seed + 1, count), hand)
    )


def samples(card: Card, seed: int, count: int, hand: Hand | None = None) -> np.ndarray:
    """A model's pictures (count, C, H, W) uint8 of the codes of a seed, changed by the hand."""
    return _samples(card.name, card.sha256, seed, count, hand or Hand(), card)


def code(card: Card, seed: int, count: int, hand: Hand) -> np.ndarray:
    """The first of `count` codes of a seed for a model, (latent,) float32, changed by the hand."""
    return moved(codes(card.code_length, seed, count), codes(card.code_length, seed + 1, count), hand)[0]


def appearance(pictures: np.ndarray) -> dict[str, float]:
    """{"edge contrast", "variety"}: mean difference of neighbouring pixels and of pairs of pictures, in grey levels."""
    return {"edge contrast": edges(pictures), "variety": variety(pictures)}


def real(card: Card, count: int) -> np.ndarray | None:
    """Representative test images (count, C, H, W) uint8 of the model's data set; None if none of its size are
    available."""
    sample = gallery.test_images(card)
    if sample is None or sample.images.shape[1:] != tuple(card.shape):
        return None
    return sample.images[sample.rows(count)]


def real_appearance(card: Card, count: int) -> dict[str, float] | None:
    """The same for that many test images; None if there are none."""
    pictures = real(card, count)
    return None if pictures is None else appearance(pictures)


def defaults(cards: list[Card]) -> list[str]:
    """Names of the models compared on a first visit: those of the first model's data set, without FAILURES."""
    first = next((card for card in cards if card.name == gallery.FIRST), cards[0])
    names = [card.name for card in cards if card.dataset["name"] == first.dataset["name"]]
    names = [name for name in names if name not in gallery.FAILURES]
    return (names if len(names) > 1 else [card.name for card in cards])[:AT_FIRST]


def one_data_set(cards: list[Card]) -> bool:
    """Whether all models were trained on the same data set."""
    return len({card.dataset["name"] for card in cards}) == 1
