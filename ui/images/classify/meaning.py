"""What a class means to a network: the mean of its pictures, and the gradient of its logit, as pictures."""

from __future__ import annotations

import numpy as np

import data

RAISES, LOWERS = np.array([0, 109, 44]), np.array([118, 42, 131])  # ColorBrewer's PRGn, safe for colour blindness
FULL = 0.005
NEUTRAL = np.array([247, 247, 247])


def means(pictures: data.Images) -> np.ndarray:
    """The mean picture of every class, (classes, C, H, W) uint8; black for a class without pictures."""
    assert pictures.labels is not None
    each = [pictures.images[pictures.labels == k] for k in range(len(pictures.classes))]
    empty = np.zeros(pictures.images.shape[1:])
    return np.stack([np.rint(part.mean(0) if len(part) else empty) for part in each]).astype(np.uint8)


def coloured(gradients: np.ndarray) -> np.ndarray:
    """Gradients (N, C, H, W), summed over the channels, as pictures (N, 3, H, W) uint8 on one scale.

    Green: a brighter pixel raises the logit, purple: it lowers it. The strongest FULL of all pixels have the full
    colour.
    """
    slopes = gradients.sum(1)
    largest = float(np.quantile(np.abs(slopes), 1 - FULL))
    strength = np.clip(slopes / max(largest, 1e-12), -1, 1)
    ends = np.where(strength[..., None] > 0, RAISES, LOWERS)
    mixed = NEUTRAL + np.abs(strength)[..., None] * (ends - NEUTRAL)
    return np.rint(mixed).astype(np.uint8).transpose(0, 3, 1, 2)


def in_colour(images: np.ndarray) -> np.ndarray:
    """Pictures (N, 1 or 3, H, W) with three channels."""
    return np.repeat(images, 3, 1) if images.shape[1] == 1 else images
