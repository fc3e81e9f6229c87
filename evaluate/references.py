"""What a model's pictures are compared with: real pictures, and the classifier whose features measure them.

Imports no torch: pages ask before they load a network.
"""

from __future__ import annotations

import functools

import numpy as np

import checkpoints
import data
from evaluate import brought
from evaluate.feature_networks import CLASSIFIERS, OF_OWN, OTHER_CLASSES

MOST_OTHERS = 10_000
LIKENESS = {"binarized_mnist": "mnist"}  # sets whose samples are grey and resemble the pictures of another set


@functools.lru_cache(maxsize=16)
def _pictures(name: str, tested: bool, root) -> data.Images:
    return data.load(name, "test") if tested else data.sample(name)


def some(images: np.ndarray, count: int) -> np.ndarray:
    """`count` random ones of pictures (N, …), the same each time, or all in their order where there are no more: a set
    may be sorted by class, and its first pictures are then alike."""
    if count >= len(images):
        return images
    return images[np.random.default_rng(0).permutation(len(images))[:count]]


def real(name: str) -> data.Images | None:
    """Real pictures of a set: the test images where it has some and they are there, otherwise its sample, or None."""
    try:
        tested = "test" in data.split_names(name) and data.available(name, "test")
        return _pictures(name, tested, data.root())
    except data.DataError:
        return None


@functools.lru_cache(maxsize=4)  # all arguments but the name are keys alone: what a download changes
def _others(name: str, split: str, source: str, state: str | None, root) -> np.ndarray | None:
    known = needed(name)
    first = data.split_names(name)[0]
    if state == "rendered":
        return None  # to draw tens of thousands of pictures takes longer than to measure them
    try:
        pictures = data.load(name, first)
    except data.DataError:
        return None
    rows = np.arange(len(pictures))
    if known.split == first:
        if known.indices is None:
            return None  # nobody knows which of the same split they are
        own = rows if pictures.indices is None else pictures.indices
        rows = rows[~np.isin(own, known.indices)]
    return pictures.images[np.random.default_rng(0).permutation(rows)[:MOST_OTHERS]]


def others(name: str, count: int) -> np.ndarray | None:
    """`count` real pictures (count, C, H, W) uint8 of a set that are not among those of `real`; None where there are
    not so many here."""
    known = real(name)
    if known is None:
        return None
    state = data.state(name, data.split_names(name)[0])
    pictures = _others(name, known.split, known.source, state, data.root())
    return None if pictures is None or len(pictures) < count else pictures[:count]


def needed(name: str) -> data.Images:
    """As `real`; raises DataError where there are none."""
    pictures = real(name)
    if pictures is None:
        raise data.DataError(f"There are no real pictures of {name} here to compare with.")
    return pictures


def alike(card: checkpoints.Card) -> data.Images | None:
    """Real pictures that a model's samples should look like, of a visit's own model those that its training held out;
    None where there are none."""
    return brought.held_out(card) if card.own else real(likeness(card))


def tested(card: checkpoints.Card) -> data.Images | None:
    """Real pictures of the very set that a model was trained on, none of which it was trained on; None as `alike`."""
    return brought.held_out(card) if card.own else real(card.dataset["name"])


def required(pictures: data.Images | None, card: checkpoints.Card) -> data.Images:
    """The pictures that `alike` or `tested` gave of a card; raises DataError where these are None."""
    if pictures is None:
        raise data.DataError(f"The pictures that {card.title} is measured by are not here any more.")
    return pictures


def more(card: checkpoints.Card, count: int) -> np.ndarray | None:
    """`count` other real pictures than those of `alike` (count, C, H, W) uint8, of a visit's own model some that it was
    trained on; None where there are not so many."""
    if not card.own:
        return others(likeness(card), count)
    pictures = brought.trained_on(card)
    return None if pictures is None or len(pictures) < count else pictures[:count]


def likeness(card: checkpoints.Card) -> str:
    """Name of the set whose pictures a model's samples should look like."""
    name: str = card.dataset["name"]
    return LIKENESS.get(name, name)


def classifier(card: checkpoints.Card, *, of_its_classes: bool = False) -> checkpoints.Card | None:
    """The card of the classifier that measures a model's pictures, or None where none of that size is stored.

    of_its_classes: None also where it only has features of such pictures, and the classes of others.
    """
    if of_its_classes and (card.own or card.dataset["name"] in OTHER_CLASSES):
        return None
    try:
        classifier = checkpoints.read(OF_OWN[card.shape] if card.own else CLASSIFIERS[card.dataset["name"]])
    except (KeyError, checkpoints.CheckpointError):
        return None
    return classifier if classifier.shape == card.shape else None


def beside(card: checkpoints.Card) -> list[checkpoints.Card]:
    """A VAE and a GAN of a model's data set to compare it with, as far as there are any: the GAN that the model's aim
    names, where it names one."""
    named, _, _ = (card.aim.get("of") or "").partition(".")
    found = []
    for family in ("vae", "gan"):
        cards = [other for other in checkpoints.gallery(family) if other.dataset["name"] == card.dataset["name"]]
        found += sorted(cards, key=lambda other: other.name != named)[:1]
    return found
