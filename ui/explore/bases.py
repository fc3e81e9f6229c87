"""Sliders move a code along a basis of the latent space: its own dimensions, or the directions of the features."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

import checkpoints
from checkpoints import Card
from ui import networks

NAMES = {"dims": "Dimensions of z", "features": "Principal directions"}
LENGTHS = np.round(np.arange(1, 32) * 0.05, 2).astype(np.float32)  # of a code, in units of √latent


@dataclass(frozen=True)
class Basis:
    """The rows of an orthogonal matrix, along which sliders move a code.

    vectors: (latent, latent), rows of unit length; None for the dimensions themselves, whose numbers so stay exact.
    effect: (latent,), mean change of the picture from −2 to 2 as a share of the grey range. order: the rows, the
    strongest first. letter, label_start: a row's short name is "v3", its long one "Direction 3".
    """

    letter: str
    label_start: str
    vectors: np.ndarray | None
    effect: np.ndarray
    order: list[int]

    def coordinates(self, codes: np.ndarray) -> np.ndarray:
        """Codes (…, latent) as numbers along the rows."""
        return codes if self.vectors is None else codes @ self.vectors.T

    def codes(self, coordinates: np.ndarray) -> np.ndarray:
        """The codes (…, latent) float32 that have these coordinates."""
        codes = coordinates if self.vectors is None else np.asarray(coordinates, float) @ self.vectors
        return np.asarray(codes, np.float32)

    def name(self, row: int) -> str:
        """Short name; dimensions are counted from 0, as in code, directions from 1."""
        return f"{self.letter}{row + (self.vectors is not None)}"

    def label(self, row: int) -> str:
        return f"{self.label_start} {row + (self.vectors is not None)}"


def basis(card: Card, name: str) -> Basis:
    """The Basis of a model; name: a key of NAMES."""
    return _basis(card.name, card.sha256, name)


@functools.lru_cache(64)  # asked again and again in every run of a page: a look into Streamlit's caches takes 1 ms
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
    return Basis("v", "Direction", vectors, preview["basis_effect"], list(range(card.code_length)))


def length(code: np.ndarray) -> float:
    """Length of a code (latent,) in units of √latent, about 1 for draws from the prior."""
    return float(np.linalg.norm(code) / np.sqrt(len(code)))


def of_lengths(code: np.ndarray, lengths: Sequence[float] | np.ndarray = LENGTHS) -> np.ndarray:
    """The same direction at other lengths: (len(lengths), latent) float32; the code 0 has no direction and stays."""
    current = length(code)
    factors = np.asarray(lengths) / current if current else np.zeros(len(lengths))
    return np.outer(factors, code).astype(np.float32)
