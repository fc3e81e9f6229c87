"""The pictures of visitors' own models, kept for measurements while the visit lasts. Imports no torch.

    keep(card, pictures)       when a visit has a new model
    held_out(card)             those that were not trained on, used as a test set
    forget(name)               at the end of the visit

They are only in the memory of this process: not in a file, a cache or a cluster.
"""

from __future__ import annotations

import dataclasses

import numpy as np

import data
from checkpoints import Card

NAME = "held-out"  # what protocols call these pictures
_kept: dict[str, tuple[int, data.Images]] = {}  # by the names of checkpoints, which nobody can guess


def keep(card: Card, pictures: data.Images) -> None:
    """Keep the pictures of a visitor's model, the held-out ones first."""
    _kept[card.name] = card.dataset["test_images"], pictures


def forget(name: str) -> None:
    """Drop the pictures of a model."""
    _kept.pop(name, None)


def held_out(card: Card) -> data.Images | None:
    """The pictures that a visitor's model was not trained on; None for any other model, and after the visit."""
    count, pictures = _kept.get(card.name, (0, None))
    if pictures is None:
        return None
    return dataclasses.replace(pictures, name=NAME, split="", images=pictures.images[:count], labels=None)


def trained_on(card: Card) -> np.ndarray | None:
    """The pictures (N, C, H, W) uint8 that it was trained on; None as for `held_out`."""
    count, pictures = _kept.get(card.name, (0, None))
    return None if pictures is None else pictures.images[count:]
