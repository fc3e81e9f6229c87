"""Reference pictures for a model, and the classifier whose features measure them.

Imports no torch: pages call it before they load a network.
"""

from __future__ import annotations

import functools

import numpy as np

import checkpoints
import data
from evaluate import brought
from evaluate.feature_networks import CLASSIFIERS, OF_OWN, OTHER_CLASSES

MOST_OTHERS = 10_000
LIKENESS = {"binarized_mnist": "mnist"}  # sets whose grey samples resemble the pictures of another set


@functools.lru_cache(maxsize=16)
def _pictures(name: str, tested: bool, root) -> data.Images:
    return data.load(name, "test") if tested else data.sample(name)


def some(images: np.ndarray, count: int) -> np.ndarray:
    """`count` random pictures of (N, …), the same each time, or all in their order if there are no more. Random, since
    a set may be sorted by class."""
    if count >= len(images):
        return images
    return images[np.random.default_rng(0).permutation(len(images))[:count]]


def real(name: str) -> data.Images | None:
    """Real pictures of a set: its test images if they are on this machine, otherwise its sample, or None."""
    try:
        tested = "test" in data.split_names(name) and data.available(name, "test")
        return _pictures(name, tested, data.root())
    except data.DataError:
        return None


@functools.lru_cache(maxsize=4)  # arguments after the name are only cache keys: a download changes them
def _others(name: str, split: str, source: str, state: str | None, root) -> np.ndarray | None:
    known = needed(name)
    first = data.split_names(name)[0]
    if state == "rendered":
        return None  # rendering tens of thousands of pictures takes longer than measuring them
    try:
        pictures = data.load(name, first)
    except data.DataError:
        return None
    rows = np.arange(len(pictures))
    if known.split == first:
        if known.indices is None:
            return None  # unknown which rows of this split the real ones are
        own = rows if pictures.indices is None else pictures.indices
        rows = rows[~np.isin(own, known.indices)]
    return pictures.images[np.random.default_rng(0).permutation(rows)[:MOST_OTHERS]]


def others(name: str, count: int) -> np.ndarray | None:
    """`count` real pictures (count, C, H, W) uint8 of a set that are not among those of `real`; None if there are
    too few here."""
    known = real(name)
    if known is None:
        return None
    state = data.state(name, data.split_names(name)[0])
    pictures = _others(name, known.split, known.source, state, data.root())
    return None if pictures is None or len(pictures) < count else pictures[:count]


def needed(name: str) -> data.Images:
    """Like `real`; raises DataError if there are none."""
    pictures = real(name)
    if pictures is None:
        raise data.DataError(f"There are no real pictures of {name} here to compare with.")
    return pictures


def alike(card: checkpoints.Card) -> data.Images | None:
    """Real pictures that a model's samples should look like; for a visitor's own model, the held-out ones. None if
    there are none."""
    return brought.held_out(card) if card.own else real(likeness(card))


def tested(card: checkpoints.Card) -> data.Images | None:
    """Real pictures of a model's own data set that it was not trained on; None if there are none."""
    return brought.held_out(card) if card.own else real(card.dataset["name"])


def required(pictures: data.Images | None, card: checkpoints.Card) -> data.Images:
    """The pictures from `alike` or `tested` for a card; raises DataError if they are None."""
    if pictures is None:
        raise data.DataError(f"The pictures that {card.title} is measured by are not here any more.")
    return pictures


def more(card: checkpoints.Card, count: int) -> np.ndarray | None:
    """`count` real pictures (count, C, H, W) uint8 other than those of `alike`; for a visitor's own model, pictures it
    was trained on. None if there are too few."""
    if not card.own:
        return others(likeness(card), count)
    pictures = brought.trained_on(card)
    return None if pictures is None or len(pictures) < count else pictures[:count]


def likeness(card: checkpoints.Card) -> str:
    """Name of the set whose pictures a model's samples should look like."""
    name: str = card.dataset["name"]
    return LIKENESS.get(name, name)


def classifier(card: checkpoints.Card, *, of_its_classes: bool = False) -> checkpoints.Card | None:
    """The card of the classifier that measures a model's pictures, or None if none of that size is stored.

    of_its_classes: None also if the classifier was trained on other classes, so that only its features apply.
    """
    if of_its_classes and (card.own or card.dataset["name"] in OTHER_CLASSES):
        return None
    try:
        classifier = checkpoints.read(OF_OWN[card.shape] if card.own else CLASSIFIERS[card.dataset["name"]])
    except (KeyError, checkpoints.CheckpointError):
        return None
    return classifier if classifier.shape == card.shape else None


def beside(card: checkpoints.Card) -> list[checkpoints.Card]:
    """A VAE and a GAN of a model's data set to compare it with, if there are any; the GAN is the one named by the
    model's aim, if it names one."""
    named, _, _ = (card.aim.get("of") or "").partition(".")
    found = []
    for family in ("vae", "gan"):
        cards = [other for other in checkpoints.gallery(family) if other.dataset["name"] == card.dataset["name"]]
        found += sorted(cards, key=lambda other: other.name != named)[:1]
    return found
