"""A network's answers to all labelled pictures of its data set: confusion matrix, pictures in its cells, mistakes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import networks
from ui.images.classify import answers, pictures

CHUNK = 250  # pictures per forward pass


@dataclass(frozen=True)
class Judged:
    """counts: (classes, classes), row: the label, column: the predicted class. words: which pictures, and how many.

    which: SAMPLE or TEST of ui.images.classify.pictures. For every picture (C, H, W) uint8 its label and the class
    probabilities; empty if only the counts are known.
    """

    counts: np.ndarray
    words: str
    which: str = ""
    images: np.ndarray = field(default_factory=lambda: np.zeros((0, 1, 1, 1), np.uint8))
    labels: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    probabilities: np.ndarray = field(default_factory=lambda: np.zeros((0, 1)))

    @property
    def named(self) -> np.ndarray:
        """(N,) the predicted classes."""
        return self.probabilities.argmax(1)

    def cell(self, label: int, named: int) -> np.ndarray:
        """Numbers of the pictures in a cell, the most certain prediction first."""
        return self._surest((self.labels == label) & (self.named == named))

    def mistakes(self) -> np.ndarray:
        """Numbers of all misclassified pictures, the most certain prediction first."""
        return self._surest(self.labels != self.named)

    def sureness(self, number: int) -> float:
        """Probability of the predicted class of a picture."""
        return float(self.probabilities[number].max())

    def _surest(self, mask):
        # Equally certain ones in a fixed random order: neighbours may show one hand in almost the same position.
        numbers = np.random.default_rng(0).permutation(np.flatnonzero(mask))
        return numbers[np.argsort(-self.probabilities[numbers].max(1), kind="stable")]


def judged(card: Card) -> Judged | None:
    """Answers for the test set if it is available, otherwise for the shipped pictures; without any, only the counts.

    None if the card does not even have these.
    """
    recorded = networks.preview(card).get("test_probabilities")
    tested = pictures.of(card, pictures.TEST)
    if tested is not None and recorded is not None and len(recorded) == len(tested):
        return _of(tested, pictures.TEST, recorded.astype(float), f"all {len(tested):,} pictures of the test set")
    if (shipped := pictures.of(card, pictures.SAMPLE)) is not None:
        words = f"{len(shipped):,} pictures that come with the app, none of which was trained on"
        return _of(shipped, pictures.SAMPLE, _probabilities(card, pictures.SAMPLE, shipped), words)
    if tested is not None and answers.problem(card) is None:
        words = f"all {len(tested):,} pictures of the test set"
        return _of(tested, pictures.TEST, _probabilities(card, pictures.TEST, tested), words)
    if "test_confusion" in card.metrics:
        counts = np.array(card.metrics["test_confusion"])
        return Judged(counts, f"all {counts.sum():,} pictures of the test set, recorded after the training")
    return None


def _of(images, which, probabilities, words):
    counts = np.zeros((len(images.classes),) * 2, int)
    np.add.at(counts, (images.labels, probabilities.argmax(1)), 1)
    return Judged(counts, words, which, images.images, images.labels, probabilities)


def _probabilities(card, which, images):
    if card.family != "pretrained":
        networks.model(card)  # outside the cache, since it may show an error and stop the page
    return _computed(card.name, card.sha256, which, card, images)


@st.cache_data(max_entries=8, show_spinner=False)
def _computed(name, sha256, which, _card, _images):
    import torch

    model = answers.network(_card)
    with torch.inference_mode():
        chunks = torch.from_numpy(_images.images).split(CHUNK)
        return answers.probabilities(np.concatenate([model(x.float() / 255).numpy() for x in chunks]))
