"""Which classifier's features measure the pictures of a data set: the only table of these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import checkpoints
from checkpoints import Card

if TYPE_CHECKING:
    from torch import nn

CLASSIFIERS = {
    "mnist": "mnist_classifier",
    "binarized_mnist": "mnist_classifier",
    "fashion_mnist": "fashion_classifier",
    "kmnist": "kmnist_classifier",
    "street_digits": "street_classifier",
    "svhn": "svhn_classifier",
    "emoji": "street_classifier",  # emojis have no labels; street numbers are the other small colour pictures
    "dsprites": "dsprites_classifier",
}
# The same for a visitor's own pictures, by their shape: only the features of these classifiers are used.
OF_OWN: dict[tuple[int, ...], str] = {(1, 28, 28): "mnist_classifier", (3, 32, 32): "street_classifier"}
OTHER_CLASSES = ("emoji",)  # sets with other classes than their classifier, of which only the features are used


def measurable(cards: Iterable[Card]) -> dict[str, Card]:
    """The cards whose data set has a classifier, by name."""
    return {card.name: card for card in cards if card.dataset["name"] in CLASSIFIERS}


def naming(dataset: str) -> str | None:
    """The classifier whose classes are those of a data set; None if there is none.

    Emojis have no labels: their features come from the classifier of street numbers, whose classes do not apply.
    """
    return None if dataset in OTHER_CLASSES else CLASSIFIERS.get(dataset)


def load(dataset: str) -> nn.Module:
    """The classifier of a data set in eval mode. Raises KeyError for a set without one, and CheckpointError."""
    return checkpoints.load(CLASSIFIERS[dataset])
