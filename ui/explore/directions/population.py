"""The codes from which groups are made: those of test images, or for a GAN random codes classified by a classifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import classifiers, computed, gallery, networks
from ui.explore import latent_map

SURE = 0.8  # least certainty of the classifier for a class; less certain draws belong to none


@dataclass(frozen=True)
class Population:
    """codes (N, latent) float32. labels (N,) int64 into classes, −1 for none; classes: () if there are fewer than two.

    maps: {"tsne" or "pca": places (N, 2)}, {} if there is no map. drawn: (N, C, H, W) uint8, or None if the pictures
    are recorded.
    """

    card: Card
    codes: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    maps: Mapping[str, np.ndarray]
    drawn: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def named(self) -> dict[str, str]:
        """{class number: name} of the classes of its codes."""
        return {str(k): name for k, name in enumerate(self.classes) if (self.labels == k).any()}

    @property
    def word(self) -> str:
        """The word for one of its pictures."""
        return self.card.picture_word if self.card.encodes else "sample"

    def name(self, row: int) -> str:
        """The name of the code in `row`: the numbered test images may be others."""
        label, word = int(self.labels[row]), self.card.code_word if self.card.encodes else self.word
        return f"{word} {row}" + (f" ({self.classes[label]})" if self.classes and label >= 0 else "")

    def rows_of(self, label: int) -> np.ndarray:
        """Rows of a class, (n,)."""
        return np.flatnonzero(self.labels == label)

    def pictures(self, rows: Iterable[int]) -> np.ndarray:
        """The network's pictures of these codes, (n, C, H, W) uint8; recorded ones are slightly lossy."""
        if self.drawn is not None:
            return self.drawn[list(rows)]
        return latent_map.sprite(self.card, networks.preview(self.card), rows)


def cards() -> list[Card]:
    """Models that have directions: not those whose code is noise of the pictures' size, where they mean nothing."""
    return [card for card in gallery.with_own(gallery.with_codes()) if not card.kind.reversible]


def of(card: Card) -> Population:
    """The population of a model."""
    if not card.encodes:
        return _samples(card.name, card.sha256, card)
    preview = networks.preview(card)
    labels = preview["labels"].astype(np.int64)
    classes = card.classes if len(np.unique(labels)) > 1 else ()
    return Population(card, preview["codes"], labels, classes, {kind: preview[kind] for kind in ("tsne", "pca")})


@computed.by_models
@st.cache_resource(max_entries=4, show_spinner="Drawing 1,000 samples and naming them …")
def _samples(name, sha256, _card):
    codes = networks.preview(_card)["codes"]
    drawn = networks.decode(_card, codes)
    classifier = classifiers.of(_card)
    if classifier is None:
        return Population(_card, codes, np.full(len(codes), -1), (), {}, drawn)
    from evaluate.features import probabilities

    most, labels = probabilities(networks.model(classifier), drawn).max(1)
    return Population(_card, codes, np.where(most.numpy() >= SURE, labels.numpy(), -1), _card.classes, {}, drawn)
