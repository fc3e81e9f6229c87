"""Measurements along a path: how far it is from the codes of pictures, and the classifier's answers.

A model without an encoder stores no codes of pictures, and random codes z ~ N(0, I) are all at about the same distance
from the origin, in all directions. For such a model the length of the code is measured instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from metrics.code_graph import NEAREST
from ui import classifiers, code_graphs, computed
from ui.explore import path_words, paths
from ui.explore.endpoints import End

BAND = (0.05, 0.95)  # quantiles of the distances of real pictures: above the second one a path has left the data
SPREAD = 2.0  # standard deviations around the length of a random code


@dataclass(frozen=True)
class Facts:
    """For one way, at shares x (T,): far, certainty (T,); seen (T,): numbers of the classes; said: a sentence.

    far: distances to the nearest codes of pictures; for a model without an encoder lengths of the code; None for a
    blend of pixels. certainty: the classifier's largest probability; it and seen are None without a classifier.
    """

    x: np.ndarray
    far: np.ndarray | None
    certainty: np.ndarray | None
    seen: np.ndarray | None
    said: str


def band(card: Card) -> tuple[float, float] | None:
    """The range of 90 % of the distances of real pictures; without an encoder, of 95 % of the lengths of random codes.

    None if too few codes are stored.
    """
    if not card.encodes:
        mean, deviation = paths.length_of_random(card.code_length)
        return max(0.0, mean - SPREAD * deviation), mean + SPREAD * deviation
    graph = code_graphs.of(card)
    return None if graph is None else tuple(np.quantile(graph.typical, BAND).tolist())


def moments(card: Card) -> np.ndarray:
    """The shares (T,) of the measurements: those of an animation, or of the nine pictures if a network is slow."""
    return paths.strip() if card.kind.passes > 1 else paths.alphas()


def of(card: Card, a: End, b: End) -> dict[str, Facts]:
    """{way: its measurements} for all ways and the blend of the pixels."""
    (code_a, picture_a), (code_b, picture_b) = ((end.code.tobytes(), end.picture.tobytes()) for end in (a, b))
    return _of(card.name, card.sha256, code_a, picture_a, code_b, picture_b, card)


@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _of(name, sha256, code_a, picture_a, code_b, picture_b, _card):
    a, b = (np.frombuffer(code, np.float32) for code in (code_a, code_b))
    x, limits = moments(_card), band(_card)
    pictures = {way: frames for way, (frames, _) in paths.latent(_card, a, b, x).items()}
    first, last = (np.frombuffer(picture, np.uint8).reshape(_card.shape) for picture in (picture_a, picture_b))
    pictures["blend"] = paths.blend(first, last, x)
    distances = _distances(_card, a, b, x)
    found = {}
    for way, frames in pictures.items():
        far, seen = distances.get(way), classifiers.probabilities(_card, frames)
        certain = (None, None) if seen is None else (seen.max(1), seen.argmax(1))
        words = "" if far is None or limits is None else path_words.said(x, far, limits, of_pictures=_card.encodes)
        found[way] = Facts(x, far, *certain, words)
    return found


def _distances(card, a, b, x):
    if not card.encodes:
        return paths.lengths(card, a, b, x)
    graph = code_graphs.of(card)
    if graph is None:
        return {}
    way = paths.around(card, a, b)
    without = {*graph.at(a), *graph.at(b), *(way.rows if way else ())}
    if len(graph.codes) - len(without) < NEAREST:
        return {}
    return {path: graph.distance(codes, without) for path, codes in paths.codes_on(card, a, b, x).items()}
