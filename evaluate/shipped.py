"""Where a program takes the shipped networks and their data from; each is loaded once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import checkpoints
import data
from checkpoints import Card, recorded
from data.images import Images


@dataclass(frozen=True)
class Shipped:
    """Functions that load what belongs to a card.

    model(card): the network in eval mode. preview(card): its recorded arrays. test_images(card): of its data set, or
    None. reactions(): the recording of that name, None if it is damaged.
    """

    model: Callable[[Card], Any]
    preview: Callable[[Card], Mapping[str, np.ndarray]]
    test_images: Callable[[Card], Images | None]
    reactions: Callable[[], dict | None]


@functools.lru_cache(8)
def _model(name):
    return checkpoints.load(name)


@functools.lru_cache(8)
def _preview(name):
    return checkpoints.preview(name)


def _test_images(card):
    try:
        return data.sample(card.dataset["name"])
    except data.DataError:
        return None


# From files; raises CheckpointError if one is damaged. The app has its own caches.
FILES = Shipped(
    lambda card: _model(card.name),
    lambda card: _preview(card.name),
    _test_images,
    lambda: recorded.read("reactions"),
)
