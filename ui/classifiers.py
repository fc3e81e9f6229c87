"""The classifier that is used on a model's pictures: the one trained on the same data set."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

import checkpoints
import data
from checkpoints import Card
from evaluate import feature_networks
from ui import browser_networks, networks


def of(card: Card) -> Card | None:
    """The card of the classifier for a model's pictures; None if there is none."""
    wanted = feature_networks.naming(card.dataset["name"])
    if wanted is None:
        return None
    try:
        return _read(wanted, checkpoints.path(wanted, ".json").stat().st_mtime_ns)
    except (OSError, checkpoints.CheckpointError):
        return None


@functools.lru_cache(16)  # called in every run of a page
def _read(name, changed):
    return checkpoints.read(name)


def size(card: Card) -> int:
    """Bytes of the network in `given`; 0 if there is no classifier."""
    classifier = given(card)
    return classifier["network"]["bytes"] if classifier else 0


def classes(card: Card) -> tuple[str, ...]:
    """Names of the classes that the classifier of a model's pictures has; for dSprites those of the shape only."""
    return tuple(data.class_names(card.dataset["name"]))


def probabilities(card: Card, pictures: np.ndarray) -> np.ndarray | None:
    """Class probabilities (N, classes) of a model's pictures (N, C, H, W) uint8; each row sums to 1.

    None if there is no classifier or its file is damaged.
    """
    classifier = of(card)
    if classifier is None:
        return None
    import torch

    try:
        network = networks.shared(classifier)
    except checkpoints.CheckpointError:
        return None
    with torch.inference_mode():
        return network(torch.from_numpy(pictures).float() / 255).softmax(1).numpy()


def given(card: Card) -> dict[str, Any] | None:
    """What Classes and network() in ui/components/lib need to classify a model's pictures; None without a classifier.

    network      of ui.browser_networks.given: x (N, C, H, W) in [0, 1] -> logits (N, classes)
    classes      their names; for dSprites those of the shape, the one factor that this part of the network gives
    accuracy     share of the test images that it classifies correctly
    """
    classifier = of(card)
    network = browser_networks.given(classifier, "classifier") if classifier else None
    if classifier is None or network is None:
        return None
    accuracy = classifier.metrics.get("shape_accuracy", classifier.metrics.get("test_accuracy"))
    return {
        "network": network,
        "classes": list(classes(card)),
        "accuracy": accuracy,
    }


def percent(share: float) -> str:
    """A share as whole per cent; <1% and >99% for shares that are not exactly 0 or 1."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"
