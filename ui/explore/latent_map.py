"""What the latent map shows of its points: classes, neighbours and recorded pictures. Needs no network."""

from __future__ import annotations

import io
from collections.abc import Iterable

import numpy as np
import streamlit as st
from PIL import Image

import data
from checkpoints import Card


def classes(card: Card) -> tuple[str, ...]:
    """Names of the classes of the card's data set; works without its pictures."""
    return data.class_names(card.dataset["name"])


def axes(preview: dict[str, np.ndarray], kind: str) -> tuple[str, str]:
    """Names of the two axes of a map, "pca" or "tsne"."""
    if kind == "tsne":
        return "t-SNE 1", "t-SNE 2"
    first, second = (f"PC {k + 1}: {share:.1%} of the variance" for k, share in enumerate(preview["explained"][:2]))
    return first, second


def neighbours(preview: dict[str, np.ndarray], row: int, count: int) -> np.ndarray:
    """Rows of the `count` codes nearest to that of `row` (Euclidean, all dimensions), nearest first, without itself."""
    distances = np.linalg.norm(preview["codes"] - preview["codes"][row], axis=1)
    distances[row] = np.inf
    return distances.argsort()[:count]


@st.cache_data(max_entries=8, show_spinner=False)
def _sprites(name, sha256, _raw):
    return np.asarray(Image.open(io.BytesIO(_raw)).convert("L"))


def sprite(card: Card, preview: dict[str, np.ndarray], rows: Iterable[int]) -> np.ndarray:
    """Recorded pictures of codes, slightly lossy: (len(rows), 1, H, W) uint8; no network is needed."""
    sheet = _sprites(card.name, card.sha256, preview["sprites"].tobytes())
    _, height, width = card.shape
    columns = sheet.shape[1] // width
    corners = [(row // columns * height, row % columns * width) for row in rows]
    return np.stack([sheet[None, top : top + height, left : left + width] for top, left in corners])
