"""Sliders move a code along a basis of the latent space: its own dimensions, or the directions of the features."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

import checkpoints
from checkpoints import Card
from ui import computed, networks

NAMES = {"dims": "Dimensions of z", "features": "Principal directions"}
OF_NOISE = {"features": "Directions that change most"}  # for codes whose single dimensions have no meaning
LENGTHS = np.round(np.arange(1, 32) * 0.05, 2).astype(np.float32)  # of a code, in units of √latent


@dataclass(frozen=True)
class Basis:
    """The rows of an orthogonal matrix, along which sliders move a code.

    vectors: (D, latent), rows of unit length; None for the dimensions themselves, whose numbers thus stay exact. If D
    is less than latent, further rows without sliders complete the basis, see `reflections`.
    effect: (D,), mean change of the picture from −2 to 2 as a share of the grey range. order: the rows, the
    strongest first. letter, label_start: a row's short name is "v3", its long one "Direction 3".
    """

    letter: str
    label_start: str
    vectors: np.ndarray | None
    effect: np.ndarray
    order: list[int]

    @functools.cached_property
    def sent(self) -> np.ndarray | None:
        """What is sent to the browser, float32: None, the basis (latent, latent), or `reflections` (D, latent)."""
        if self.vectors is None or len(self.vectors) == self.vectors.shape[1]:
            return None if self.vectors is None else self.vectors.astype(np.float32)
        return reflections(self.vectors)

    def coordinates(self, codes: np.ndarray) -> np.ndarray:
        """Coordinates (…, latent) of codes (…, latent) along the rows."""
        if self.sent is None or self.vectors is None:
            return codes
        whole = len(self.sent) == self.sent.shape[1]
        return codes @ self.vectors.T if whole else reflected(self.sent, codes)

    def codes(self, coordinates: np.ndarray) -> np.ndarray:
        """The codes (…, latent) float32 that have these coordinates (…, latent)."""
        codes = np.asarray(coordinates, float)
        if self.sent is not None and self.vectors is not None:
            whole = len(self.sent) == self.sent.shape[1]
            codes = codes @ self.vectors if whole else reflected(self.sent[::-1], codes)
        return np.asarray(codes, np.float32)

    def name(self, row: int) -> str:
        """Short name; dimensions are counted from 0, as in code, and directions from 1."""
        return f"{self.letter}{row + (self.vectors is not None)}"

    def label(self, row: int) -> str:
        return f"{self.label_start} {row + (self.vectors is not None)}"


def reflections(vectors: np.ndarray) -> np.ndarray:
    """Normals (D, latent) float32 of reflections that map the first D axes to orthogonal unit rows (D, latent).

    Householder's triangularisation of the rows (Golub & Van Loan 2013, algorithm 5.2.1). The other axes are mapped to a
    basis of the orthogonal complement of the rows: D · latent numbers describe a basis of latent².
    """
    columns, normals = np.array(vectors, float).T, np.zeros(vectors.shape)
    for k in range(len(vectors)):
        rest = columns[k:, k]
        normal = rest.copy()
        # rest[0] − 1, without cancellation if the vector is nearly the axis.
        normal[0] = rest[0] - 1 if rest[0] <= 0 else -(rest[1:] @ rest[1:]) / (rest[0] + 1)
        normals[k, k:] = normal
        columns = reflected(normals[k : k + 1], columns.T).T
    return normals.astype(np.float32)


def reflected(normals: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points (…, latent) reflected in the planes with these normals (D, latent), one after the other: (…, latent)."""
    points = np.asarray(points, float)
    for normal in np.asarray(normals, float):
        square = normal @ normal
        if square:
            points = points - np.multiply.outer(points @ normal, normal * (2 / square))
    return points


def names(card: Card) -> dict[str, str]:
    """{name of a basis: its title} for a model; the first one is shown on a first visit."""
    return OF_NOISE if card.kind.reversible else NAMES


def first(card: Card) -> str:
    """The name of the basis shown on a first visit."""
    return next(iter(names(card)))


def basis(card: Card, name: str) -> Basis:
    """The Basis of a model with this name, a key of `names`."""
    return _basis(card.name, card.sha256, name)


@computed.by_models
@functools.lru_cache(64)  # called many times in every run of a page, and Streamlit's caches take 1 ms per call
def _basis(name, sha256, basis_name):
    card = checkpoints.read(name)
    preview = networks.preview(card)
    if basis_name == "dims":
        return Basis("z", "Dimension", None, preview["effect"], [int(d) for d in preview["order"]])
    if "basis" not in preview:
        import torch

        from models import directions

        with st.spinner("Finding the directions …", show_time=False):
            model, codes = networks.model(card), torch.tensor(preview["codes"][:50])
            vectors = directions.basis(model)
            preview = {"basis": vectors.numpy(), "basis_effect": directions.effect(model, codes, vectors).numpy()}
    vectors = preview["basis"].astype(float)
    return Basis("v", "Direction", vectors, preview["basis_effect"], list(range(len(vectors))))


def length(code: np.ndarray) -> float:
    """Length of a code (latent,) in units of √latent, about 1 for draws from the prior."""
    return float(np.linalg.norm(code) / np.sqrt(len(code)))


def of_lengths(code: np.ndarray, lengths: Sequence[float] | np.ndarray = LENGTHS) -> np.ndarray:
    """The same direction at other lengths: (len(lengths), latent) float32; the code 0 has no direction and stays 0."""
    current = length(code)
    factors = np.asarray(lengths) / current if current else np.zeros(len(lengths))
    return np.outer(factors, code).astype(np.float32)
