"""Recorded measurements of the stored flows: a row for each of them, with a digest of its weights. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

import checkpoints
from checkpoints import Card, floors, recorded


@dataclass(frozen=True)
class Recording:
    """samples: per figure; seeds: of the samples. row: the measurements of one flow."""

    samples: int
    seeds: int
    row: dict[str, Any]


def floor(card: Card, recording: Recording, metric: str = floors.EVEN) -> floors.Floor | None:
    """The floor for as many real pictures, by default with equal classes like the flow's samples; None if unknown."""
    return floors.at(card.dataset["name"], recording.row["against"], recording.samples, metric)


def of(card: Card, name: str, about: str) -> Recording | None:
    """The recording `name` for exactly these weights; None if there is none, and a warning if its file is damaged.

    about: its contents, the beginning of that warning.
    """
    if not recorded.has(name):
        return None
    try:
        values = recorded.read(name)
        row = values["flows"].get(card.name)
        if row is None or row["sha256"] != card.sha256:
            return None  # for other weights
        return Recording(values["samples"], values["seeds"], row)
    except (checkpoints.CheckpointError, KeyError, TypeError, AttributeError) as error:
        st.warning(f"{about} cannot be read ({error}); restore them from the repository.")
        return None
