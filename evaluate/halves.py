"""Two halves of the shipped MNIST digits: real ones, and others, which are corrupted. Needs no torch."""

import functools

import numpy as np

import data
from data import corruptions

HALF = 500


@functools.lru_cache(maxsize=1)
def digits() -> data.Images:
    """The shipped digits, even if the full set is there, since recorded values must not depend on the machine."""
    return data.sample("mnist")


def rows(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Random rows of the digits: (real, others), each (HALF,)."""
    order = np.random.default_rng(seed).permutation(len(digits()))
    return order[:HALF], order[HALF : 2 * HALF]


def halves(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(real, others, labels of the others): pictures (HALF, C, H, W) uint8 and labels (HALF,), new arrays."""
    images, labels = digits().images, digits().labels
    assert labels is not None  # they are shipped
    real, others = rows(seed)
    return images[real], images[others], labels[others]


def spoiled(kind: str, strength: float, count: int = HALF) -> np.ndarray:
    """The first `count` of the others, corrupted by a kind of data.corruptions: (count, C, H, W) uint8."""
    _, images, labels = halves()
    return corruptions.KINDS[kind](images[:count], labels[:count], strength, np.random.default_rng(1))
