"""Corruptions of real pictures, to which metrics should react; the strength goes from 0 (unchanged) to 1.

Every function takes pictures (N, C, H, W) uint8, their labels (N,), a strength and a numpy Generator, and returns
pictures of the same shape.
"""

from collections.abc import Callable

import numpy as np
from scipy import ndimage

BLUR = 1.5  # standard deviation in pixels at strength 1
NOISE = 0.2  # standard deviation at strength 1, as a share of the grey range
WAY = 5  # pixels to the right at strength 1


def start(kind: str) -> float:
    """The strength if a link has none: for blur, one that is visible; for others, the meaning of older links."""
    return 0.6 if kind == "blur" else 0.3


def classes_left(classes: int, strength: float) -> int:
    """How many of the classes `drop` keeps."""
    return max(1, classes - int(strength * (classes - 1) + 0.5))


def others_left(others: int, strength: float) -> int:
    """How many of `others` pictures `repeat` keeps in addition to one of each class."""
    return round((1 - strength) * others)


def blur(images: np.ndarray, labels: np.ndarray, strength: float, rng: np.random.Generator) -> np.ndarray:
    """Gaussian blur with a standard deviation of up to 1.5 pixels."""
    blurred = ndimage.gaussian_filter(images.astype(np.float32), (0, 0, BLUR * strength, BLUR * strength))
    return np.rint(blurred).astype(np.uint8)


def noise(images: np.ndarray, labels: np.ndarray, strength: float, rng: np.random.Generator) -> np.ndarray:
    """Gaussian noise with a standard deviation of up to 0.2 of the grey range, clipped."""
    noisy = images + rng.normal(0, 255 * NOISE * strength, images.shape)
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


def move(images: np.ndarray, labels: np.ndarray, strength: float, rng: np.random.Generator) -> np.ndarray:
    """Every picture shifted to the right by up to 5 pixels, with black at the left."""
    return np.rint(ndimage.shift(images.astype(np.float32), (0, 0, 0, WAY * strength), order=1)).astype(np.uint8)


def drop(images: np.ndarray, labels: np.ndarray, strength: float, rng: np.random.Generator) -> np.ndarray:
    """Classes dropped one after another, down to a single one; pictures of the other classes replace them."""
    classes = np.unique(labels)
    kept = classes[: classes_left(len(classes), strength)]
    among = np.flatnonzero(np.isin(labels, kept))
    replaced = np.where(np.isin(labels, kept), np.arange(len(images)), rng.choice(among, len(images)))
    return images[replaced]


def repeat(images: np.ndarray, labels: np.ndarray, strength: float, rng: np.random.Generator) -> np.ndarray:
    """Fewer different pictures (at strength 1, one of each class), repeated to the same total."""
    _, first = np.unique(labels, return_index=True)
    others = np.setdiff1d(np.arange(len(images)), first)
    kept = np.concatenate([first, others[: others_left(len(others), strength)]])
    return images[
        np.where(np.isin(np.arange(len(images)), kept), np.arange(len(images)), rng.choice(kept, len(images)))
    ]


KINDS: dict[str, Callable[[np.ndarray, np.ndarray, float, np.random.Generator], np.ndarray]] = {
    "blur": blur,
    "noise": noise,
    "drop": drop,
    "repeat": repeat,
    "move": move,
}
