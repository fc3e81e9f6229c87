"""Labelled pictures that a network was not trained on: those that come with the app, and its test set."""

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
OFFERED = 10  # in the strip


def of(card: Card, which: str) -> data.Images | None:
    """SAMPLE: pictures that come with the app; TEST: those that the card's figures are of.

    They have the size that the card's network takes. None where they are not there.
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
    """(SAMPLE or TEST, the pictures of the strip): shipped ones where there are any, the same on every machine."""
    for which in (SAMPLE, TEST):
        labelled = of(card, which)
        if labelled is not None and labelled.labels is not None:
            return which, labelled
    return None


@st.cache_resource(show_spinner=False)
def _shipped(name):
    return samples.read(name)


def _tested(name, recipe_data, count):
    if not data.available(name, "test"):  # outside of the cache: it may be downloaded
        return None
    return _read_tested(name, recipe_data, count)


@st.cache_resource(max_entries=8, show_spinner=False)
def _read_tested(name, recipe_data, count):
    published = data.load(name, "test")
    if len(published) == count:
        return published
    networks.warm().join()
    from data import splits

    kept = splits.named(recipe_data).test  # of KMNIST, whose train images were not there, a part of the test set
    return replace(published, images=kept.images.numpy(), labels=kept.labels.numpy()) if len(kept) == count else None


@st.cache_resource(max_entries=4, show_spinner=False)
def _fitted(name, which, shape, _pictures):
    """Pictures of another size or number of channels as the network takes them, by the function of its training."""
    return replace(_pictures, images=sized(_pictures.images, shape[1], grey=shape[0] == 1))


def words(pictures: data.Images, number: int) -> str:
    """What picture `number` is called."""
    return f"picture {number}" + (
        "" if pictures.labels is None else f", labelled {pictures.classes[pictures.labels[number]]}"
    )


def described(card: Card) -> str:
    """What a network's pictures are: "28×28 pixels, grey"."""
    channels, height, width = card.shape
    return card.dataset.get("pictures") or f"{width}×{height} pixels, {'grey' if channels == 1 else 'colour'}"


def strip(pictures: data.Images, page: int) -> np.ndarray:
    """Numbers of ten pictures: as many of every class, in the order of the classes."""
    of_each = max(1, OFFERED // len(pictures.classes))
    rows = [strip_numbers(pictures, page * of_each + k, len(pictures.classes)) for k in range(of_each)]
    return np.stack(rows, 1).ravel()
