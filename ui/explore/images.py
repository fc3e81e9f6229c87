"""The images that the explorer can encode: test images, or recorded pictures if there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

import data
from checkpoints import Card
from ui import computed, gallery, networks, tiles
from ui.explore import latent_map


@dataclass(frozen=True)
class StartPictures:
    """Pictures to start from. real: whether they are test images, which have to be encoded.

    Otherwise their codes are recorded: those of test images, or draws from the prior if the model cannot encode.
    """

    pictures: data.Images
    real: bool
    encodes: bool
    word: str = "test image"

    def name(self, number: int) -> str:
        """The name of picture `number`."""
        if not self.encodes:
            return f"sample {number}"
        labels, classes = self.pictures.labels, self.pictures.classes
        return f"{self.word} {number}" + ("" if labels is None or len(classes) < 2 else f" ({classes[labels[number]]})")

    def strip(self, page: int) -> dict[str, Any]:
        """Ten of them for the component, side by side in one PNG (data URL)."""
        numbers = strip_numbers(self.pictures, page)
        return {
            "page": page,
            "sheet": tiles.sheet(self.pictures.images[numbers], len(numbers)),
            "pictures": [{"number": int(number), "words": self.name(number)} for number in numbers],
        }

    def original(self, number: int | None) -> dict[str, Any] | None:
        """The test image from which a code was made, for the component."""
        if number is None or not self.real:
            return None
        picture = tiles.sheet(self.pictures.images[number][None], 1)
        return {"number": number, "words": self.name(number), "picture": picture}


def start_pictures(card: Card) -> StartPictures:
    """The start pictures of a model."""
    test_images = gallery.test_images(card) if card.finds_codes else None
    if test_images is not None:
        return StartPictures(test_images, real=True, encodes=True, word=card.picture_word)
    if not card.encodes:
        note = "What the network makes from random codes."
        drawn = data.Images(card.name, "prior", networks.preview(card)["prior"], None, (), "sample", note)
        return StartPictures(drawn, real=False, encodes=False)
    return StartPictures(_recorded(card.name, card.sha256, card), real=False, encodes=True, word=card.picture_word)


@computed.by_models
@st.cache_data(max_entries=4, show_spinner=False)
def _recorded(name, sha256, _card):
    preview = networks.preview(_card)
    count = len(preview["codes"])
    labels, classes = preview.get("labels"), latent_map.classes(_card)
    sprites = latent_map.sprite(_card, preview, range(count))
    note = "What the network makes from its codes of test images, slightly lossy."
    return data.Images(_card.name, "test", sprites, labels, classes, "sample", note)


def strip_numbers(pictures: data.Images, page: int, count: int = 10) -> np.ndarray:
    """Numbers of pictures to offer: the `page`-th of each class; without labels ten in a row."""
    if pictures.labels is None or len(pictures.classes) < 2:
        return (np.arange(count) + page * count) % len(pictures)
    members = [np.flatnonzero(pictures.labels == label) for label in np.unique(pictures.labels)[:count]]
    return np.array([numbers[page % len(numbers)] for numbers in members])
