"""Sliders move a code along a basis of the latent space: its own dimensions, or the directions of the features."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from ui import networks

NAMES = {"dims": "Dimensions of z", "features": "Principal directions"}
LENGTHS = np.round(np.arange(1, 32) * 0.05, 2).astype(np.float32)  # of a code, in units of √latent


@dataclass(frozen=True)
class Basis:
    """vectors: (latent, latent), orthogonal rows of unit length, None for the dimensions themselves, so that their
    numbers stay exact. effect (latent,): mean change of the picture from −2 to 2. order: the rows, as they are ranked.
    """

    letter: str
    words: str  # what one row is, before its number
    vectors: np.ndarray | None
    effect: np.ndarray
    order: list[int]

    def coordinates(self, codes):
        """Codes (…, latent) as numbers along the rows."""
        return codes if self.vectors is None else codes @ self.vectors.T

    def codes(self, coordinates):
        """The codes (…, latent) float32 that have these coordinates."""
        codes = coordinates if self.vectors is None else np.asarray(coordinates, float) @ self.vectors
        return np.asarray(codes, np.float32)

    def name(self, row):
        """Short name: dimensions are counted from 0, as in code; components from 1, as everywhere."""
        return f"{self.letter}{row + (self.vectors is not None)}"

    def label(self, row):
        return f"{self.words} {row + (self.vectors is not None)}"


def basis(card, name):
    """The Basis of that name ("dims" or "features") of a model."""
    return _basis(card.name, card.sha256, name, card)


@st.cache_resource(max_entries=64, show_spinner="Finding the directions …")
def _basis(name, sha256, which, _card):
    preview = networks.preview(_card)
    if which == "dims":
        return Basis("z", "Dimension", None, preview["effect"], [int(d) for d in preview["order"]])
    if "basis" not in preview:
        import torch

        from models import directions

        model, codes = networks.model(_card), torch.from_numpy(preview["codes"][:50])
        vectors = directions.basis(model)
        preview = {"basis": vectors.numpy(), "basis_effect": directions.effect(model, codes, vectors).numpy()}
    vectors = preview["basis"].astype(float)
    return Basis("v", "Direction", vectors, preview["basis_effect"], list(range(_card.latent)))


def length(code):
    """Length of a code (latent,) in units of √latent, about 1 for draws from the prior."""
    return float(np.linalg.norm(code) / np.sqrt(len(code)))


def of_lengths(code, lengths=LENGTHS):
    """The same direction at other lengths: (len(lengths), latent) float32; the code 0 has none and stays."""
    now = length(code)
    factors = np.asarray(lengths) / now if now else np.zeros(len(lengths))
    return np.outer(factors, code).astype(np.float32)
