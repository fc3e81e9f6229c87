"""The pictures that the explorer shows around a position.

Those of the start code are recorded in the checkpoint's preview and need no torch, so the first paint is immediate; all
others come from the network. Results for one person's code are kept for others who open the same link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import computed, networks, tiles
from ui.explore import bases, plane, traversals
from ui.explore.codes import STEPS, sweep
from ui.explore.position import Position


def official(position: Position) -> np.ndarray:
    """The picture (C, H, W) uint8 of the exact code: decoded alone, so that a link reproduces it bit by bit."""
    if position.at_start:
        return networks.preview(position.card)["start_picture"]
    with st.spinner("Loading the network …", show_time=False):
        networks.model(position.card)
    return networks.decode(position.card, position.code[None])[0]


# ---- the sheet: all pictures that the sliders reach ----


def sheet(position: Position, loading: bool) -> str | None:
    """A picture as a data URL: rows of 31 pictures, one row for each slider, then one for the length of the code.

    While the network is loading, the recorded sheet, without the length, or None if none was recorded. Afterwards only
    browsers that run no network need one.
    """
    card = position.card
    if loading:
        recorded = position.at_start and position.group == 1 and position.basis_name == bases.first(card)
        return _recorded(networks.preview(card)["sheet"], card) if recorded else None
    code, rows = position.code.tobytes(), tuple(position.rows)
    return _sheet(card.name, card.sha256, code, position.basis_name, rows, card)


def _recorded(sheet, card):
    if sheet.ndim == 1:
        return tiles.data_url(sheet.tobytes(), "image/webp")
    return tiles.sheet(sheet.reshape(-1, *card.shape), len(STEPS))  # of a model added before 2026-11-27


def sheet_name(position: Position, loading: bool) -> str:
    """A name that differs for every sheet."""
    return str(hash((position.card.sha256, position.code.tobytes(), position.basis_name, position.group, loading)))


@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _sheet(name, sha256, code, basis, rows, _card):
    code = np.frombuffer(code, np.float32)
    codes = np.concatenate([_swept(_card, code, basis, rows, STEPS), bases.of_lengths(code)])
    return tiles.sheet(networks.decode(_card, codes, sketch=True), len(STEPS))


def _swept(card, code, basis_name, rows, steps):
    basis = bases.basis(card, basis_name)
    return basis.codes(sweep(basis.coordinates(code), rows, steps))


def all_traversals(position: Position, dimensions: Sequence[int]) -> np.ndarray:
    """Pictures of these rows of the basis at traversals.VALUES: (len(dimensions) · 9, C, H, W) uint8."""
    codes = _swept(position.card, position.code, position.basis_name, dimensions, traversals.VALUES)
    return networks.decode(position.card, codes, sketch=True)


# ---- the plane's map ----


@dataclass(frozen=True)
class PlaneMap:
    """The 21 × 21 pictures of a plane as a PNG (data URL), with the plane and code for which they were made."""

    made_for: tuple
    picture: str

    def fits(self, position: Position) -> bool:
        return self.made_for == _map_key(position)


def recorded_plane(position: Position) -> str | None:
    """The recorded 7 × 7 pictures of the plane as a data URL; None if they belong to another code or plane."""
    recorded = networks.preview(position.card).get("plane")
    if recorded is None or not position.at_start or position.axes != plane.PRINCIPAL:
        return None
    return tiles.data_url(recorded.tobytes(), "image/webp")


def plane_map(position: Position) -> PlaneMap:
    """The pictures in the plane through the position's code."""
    networks.model(position.card)
    key = _map_key(position)
    return PlaneMap(key, _map(*key, position.card))


def _map_key(position):
    rest = np.round(
        position.plane.rest(position.code), 4
    )  # moving within the plane leaves it, and so the map, as it is
    return position.card.name, position.card.sha256, position.axes, rest.tobytes()


@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _map(name, sha256, axes, rest, _card: Card):
    view = plane.through(axes, networks.preview(_card), _card.code_length)
    pictures = networks.decode(_card, view.codes(np.frombuffer(rest, np.float64)), sketch=True)
    return tiles.sheet(pictures, plane.CELLS)
