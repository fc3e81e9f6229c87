"""Ways to spoil real pictures, each with a strength from 0 (untouched) to 1: what metrics are tried on.

Every function takes pictures (N, C, H, W) uint8, their labels (N,), a strength and a numpy Generator, and returns
pictures of the same shape.
"""

import numpy as np
from scipy import ndimage


def blur(images, labels, strength, rng):
    """Gaussian blur with a standard deviation of up to 1.5 pixels."""
    blurred = ndimage.gaussian_filter(images.astype(np.float32), (0, 0, 1.5 * strength, 1.5 * strength))
    return np.rint(blurred).astype(np.uint8)


def noise(images, labels, strength, rng):
    """Gaussian noise with a standard deviation of up to 0.2 of the grey range, clipped."""
    noisy = images + rng.normal(0, 51 * strength, images.shape)
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


def move(images, labels, strength, rng):
    """Every picture moved to the right by up to 5 pixels; what leaves it is lost."""
    return np.rint(ndimage.shift(images.astype(np.float32), (0, 0, 0, 5 * strength), order=1)).astype(np.uint8)


def drop(images, labels, strength, rng):
    """Classes forgotten one after another, up to nine of ten, and the others repeated in their place."""
    classes = np.unique(labels)
    kept = classes[: max(1, len(classes) - int(strength * (len(classes) - 1) + 0.5))]
    among = np.flatnonzero(np.isin(labels, kept))
    replaced = np.where(np.isin(labels, kept), np.arange(len(images)), rng.choice(among, len(images)))
    return images[replaced]


def repeat(images, labels, strength, rng):
    """Ever fewer different pictures, at strength 1 one of each class, repeated to the same number."""
    _, first = np.unique(labels, return_index=True)
    others = np.setdiff1d(np.arange(len(images)), first)
    kept = np.concatenate([first, others[: round((1 - strength) * len(others))]])
    return images[
        np.where(np.isin(np.arange(len(images)), kept), np.arange(len(images)), rng.choice(kept, len(images)))
    ]


KINDS = {"blur": blur, "noise": noise, "drop": drop, "repeat": repeat, "move": move}
