"""The pictures of people's own models while their visits last: what such a model is measured by. Imports no torch.

    keep(card, pictures)       when a visit has a new model
    held_out(card)             those that were not trained on, in place of a test set
    forget(name)               at the visit's end

They are in this process alone: no file, no cache and no cluster holds them.
"""

from __future__ import annotations

import dataclasses

import numpy as np

import data
from checkpoints import Card

NAME = "held-out"  # what protocols call the pictures
_kept: dict[str, tuple[int, data.Images]] = {}  # by names of checkpoints, which nobody can guess


def keep(card: Card, pictures: data.Images) -> None:
    """Keep the pictures of a visit's model, the held-out ones first."""
    _kept[card.name] = card.dataset["test_images"], pictures


def forget(name: str) -> None:
    """Keep those of a model no longer."""
    _kept.pop(name, None)


def held_out(card: Card) -> data.Images | None:
    """The pictures that a visit's model was not trained on; None for any other model, and after the visit."""
    count, pictures = _kept.get(card.name, (0, None))
    if pictures is None:
        return None
    return dataclasses.replace(pictures, name=NAME, split="", images=pictures.images[:count], labels=None)


def trained_on(card: Card) -> np.ndarray | None:
    """All others (N, C, H, W) uint8; None as `held_out`."""
    count, pictures = _kept.get(card.name, (0, None))
    return None if pictures is None else pictures.images[count:]
