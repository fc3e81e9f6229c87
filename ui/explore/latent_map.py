"""Data for the points of the latent map: classes, neighbours and recorded pictures. Needs no network."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from checkpoints import Card
from data import prepare
from ui import browser_networks, classifiers, computed, recorded_codes, url
from ui.components import floats
from ui.components.scatter import frame, is_walk
from ui.ink import INK

LONGEST = 6000  # characters of a drawing in a link


def classes(card: Card) -> tuple[str, ...]:
    """Names of the classes of the card's data set; works without its pictures."""
    return card.classes


def live(card: Card, preview: Mapping[str, np.ndarray], kind: str) -> dict[str, Any] | None:
    """What ui/components/scatter needs to encode a drawing and to walk along a line; None without networks."""
    parts = browser_networks.all_given(card, "encoder", "decoder")
    if parts is None:
        return None
    middle, span = frame(preview["pca"])
    classifier = classifiers.given(card)
    return {
        "networks": parts | {"classifier": classifier and classifier["network"]},
        "classes": classifier and classifier["classes"],
        "codes": recorded_codes.given(card),
        "preset": dataclasses.asdict(prepare.preset(card.dataset["name"])) if card.shape[0] == 1 else None,
        "kind": kind,
        "components": floats.text(preview["components"].ravel()),
        "centre": floats.text(preview["centre"]),
        "middle": middle.tolist(),
        "span": span,
    }


def lead(live: dict[str, Any] | None) -> str:
    """What the page shows, and what can be done on the map with `live`."""
    points = "Every point is the code of one picture. Select points"
    if live is None:
        return f"{points} to see their pictures."
    if not live["preset"]:
        return f"{points}, or walk along a line between two of them."
    return f"{points}, walk along a line between two of them, or draw your own picture and see where it lies."


def hints(live: dict[str, Any] | None) -> list[str]:
    """What to do in each mode that the map has with `live`, and where its result appears, as Markdown."""
    look = "select one, and its picture and its neighbours appear here, with a button that opens it in Latent space."
    if live is None:
        return [f"Points: {look}"]
    sentences = [
        f"**Look at points:** {look}",
        "**Walk along a line:** drag the handle; the pictures along the line are above the map.",
    ]
    if live["preset"]:
        sentences.append("**Draw your own:** its input, its decoded picture and its classes are above the map.")
    return sentences


def walk(count: int) -> list[float] | None:
    """[row, row, α] of a line on a map of `count` points, set by the user or the link; None if there is none."""
    start = [0.0, 0.0, 0.5]
    problem = f"The line in this link is not two numbers from 0 to {count - 1} and an α from 0 to 1, so none is shown."
    ends = url.listed("walk", count, start, float, lambda numbers: is_walk(_whole(numbers), count), problem)
    return None if ends == start else _whole(ends)


def _whole(numbers):
    rows = [int(n) if n == n and abs(n) < 1e9 and n == int(n) else None for n in numbers[:2]]
    return [*rows, *numbers[2:]]


def keep_walk(ends: list[float], count: int) -> None:
    """Keep the line set by the user, for `walk`."""
    url.keep("walk", [float(number) for number in ends], count)


def ink() -> str:
    """The drawing in the link, as written by the pen; a warning and an empty text if it is invalid."""
    problem = "The drawing in this link is damaged, so the page is empty: draw a new one."
    return url.Param("ink", valid=lambda text: INK.fullmatch(text) is not None).in_link("", problem)


def keep_ink(text: str) -> None:
    """Put the drawing into the link, unless it is too long."""
    url.write("ink", text if 0 < len(text) <= LONGEST else None)


def axes(preview: Mapping[str, np.ndarray], kind: str) -> tuple[str, str]:
    """Names of the two axes of a map, "pca" or "tsne"."""
    if kind == "tsne":
        return "t-SNE 1", "t-SNE 2"
    first, second = (f"PC {k + 1}: {share:.1%} of the variance" for k, share in enumerate(preview["explained"][:2]))
    return first, second


def neighbours(preview: Mapping[str, np.ndarray], row: int, count: int) -> np.ndarray:
    """Rows of the `count` codes nearest to that of `row` (Euclidean, all dimensions), nearest first, without itself."""
    distances = np.linalg.norm(preview["codes"] - preview["codes"][row], axis=1)
    distances[row] = np.inf
    return distances.argsort()[:count]


@computed.by_models
@st.cache_data(max_entries=8, show_spinner=False)
def _sprites(name, sha256, channels, _raw):
    sheet = np.asarray(Image.open(io.BytesIO(_raw)).convert("L" if channels == 1 else "RGB"))
    return sheet[None] if channels == 1 else sheet.transpose(2, 0, 1)


def sprite(card: Card, preview: Mapping[str, np.ndarray], rows: Iterable[int]) -> np.ndarray:
    """Recorded pictures of codes, slightly lossy: (len(rows), C, H, W) uint8; no network is needed."""
    channels, height, width = card.shape
    sheet = _sprites(card.name, card.sha256, channels, preview["sprites"].tobytes())
    columns = sheet.shape[2] // width
    corners = [(row // columns * height, row % columns * width) for row in rows]
    return np.stack([sheet[:, top : top + height, left : left + width] for top, left in corners])
