"""The shipped networks, and where a program takes them from: each is loaded once."""

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
    """Where to take things of a card from.

    model(card): the network in eval mode. preview(card): its recorded arrays. test_images(card): of its data set, None
    where there are none. reactions(): the recording of that name, None where it is damaged.
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


# As files have them; CheckpointError where one is damaged. An app has caches of its own.
FILES = Shipped(
    lambda card: _model(card.name),
    lambda card: _preview(card.name),
    _test_images,
    lambda: recorded.read("reactions"),
)
