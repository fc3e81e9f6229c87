"""Labelled pictures on which a network was not trained: those shipped with the app, and its test set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

import data
from checkpoints import Card
from data import samples
from data.sized import sized
from ui import networks
from ui.explore.images import strip_numbers

SAMPLE, TEST = "sample", "test"
OFFERED = 10  # pictures in the strip


def of(card: Card, which: str) -> data.Images | None:
    """SAMPLE: pictures shipped with the app; TEST: those of the card's figures.

    They have the size of the card's network. None if they are not available.
    """
    name = card.dataset["name"]
    try:
        found = _shipped(name) if which == SAMPLE else _tested(name, card.recipe["data"], card.dataset["test_images"])
        if found is None or found.labels is None or found.images.shape[1:] == card.shape:
            return found
        return _fitted(name, which, card.shape, found)
    except data.DataError:
        return None


def first(card: Card) -> tuple[str, data.Images] | None:
    """(SAMPLE or TEST, the pictures of the strip): shipped ones if there are any, the same on every machine."""
    for which in (SAMPLE, TEST):
        labelled = of(card, which)
        if labelled is not None and labelled.labels is not None:
            return which, labelled
    return None


@st.cache_resource(show_spinner=False)
def _shipped(name):
    return samples.read(name)


def _tested(name, recipe_data, count):
    if not data.available(name, "test"):  # outside the cache: it may be downloaded later
        return None
    return _read_tested(name, recipe_data, count)


@st.cache_resource(max_entries=8, show_spinner=False)
def _read_tested(name, recipe_data, count):
    published = data.load(name, "test")
    if len(published) == count:
        return published
    networks.warm().join()
    from data import splits

    kept = splits.named(recipe_data).test  # for KMNIST, whose training images were missing, a part of the test set
    return replace(published, images=kept.images.numpy(), labels=kept.labels.numpy()) if len(kept) == count else None


@st.cache_resource(max_entries=4, show_spinner=False)
def _fitted(name, which, shape, _pictures):
    """Pictures of another size or number of channels, converted for the network as in its training."""
    return replace(_pictures, images=sized(_pictures.images, shape[1], grey=shape[0] == 1))


def words(pictures: data.Images, number: int) -> str:
    """The name of picture `number`."""
    return f"picture {number}" + (
        "" if pictures.labels is None else f", labelled {pictures.classes[pictures.labels[number]]}"
    )


def described(card: Card) -> str:
    """A description of a network's pictures: "28×28 pixels, grey"."""
    channels, height, width = card.shape
    return card.dataset.get("pictures") or f"{width}×{height} pixels, {'grey' if channels == 1 else 'colour'}"


def strip(pictures: data.Images, page: int) -> np.ndarray:
    """Numbers of ten pictures: the same number of every class, in the order of the classes."""
    of_each = max(1, OFFERED // len(pictures.classes))
    rows = [strip_numbers(pictures, page * of_each + k, len(pictures.classes)) for k in range(of_each)]
    return np.stack(rows, 1).ravel()
