"""Which classifier's features measure the pictures of a data set: the one table of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import checkpoints

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
OTHER_CLASSES = ("emoji",)  # sets that have not the classes of their classifier, so that only its features count


def load(dataset: str) -> nn.Module:
    """The classifier of a data set in eval mode. Raises KeyError for a set without one, CheckpointError as `load`."""
    return checkpoints.load(CLASSIFIERS[dataset])
