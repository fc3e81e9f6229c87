"""Which classifier's features measure the pictures of a data set: the one table of it."""

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
# The same for a person's own pictures, by the shape of an input: of digits and of street numbers, features alone.
OF_OWN: dict[tuple[int, ...], str] = {(1, 28, 28): "mnist_classifier", (3, 32, 32): "street_classifier"}
OTHER_CLASSES = ("emoji",)  # sets that have not the classes of their classifier, so that only its features count


def measurable(cards: Iterable[Card]) -> dict[str, Card]:
    """Those of the cards whose data set has a classifier, by name."""
    return {card.name: card for card in cards if card.dataset["name"] in CLASSIFIERS}


def naming(dataset: str) -> str | None:
    """The classifier that names what is on pictures of a data set; None without one, or where it has other classes.

    Emojis have no labels: their features come from the classifier of street numbers, whose digits say nothing of them.
    """
    return None if dataset in OTHER_CLASSES else CLASSIFIERS.get(dataset)


def load(dataset: str) -> nn.Module:
    """The classifier of a data set in eval mode. Raises KeyError for a set without one, CheckpointError as `load`."""
    return checkpoints.load(CLASSIFIERS[dataset])
