"""What was recorded of the stored flows: a row for each of them, with a digest of its weights. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

import checkpoints
from checkpoints import Card, floors, recorded


@dataclass(frozen=True)
class Recording:
    """samples: of each figure; seeds: of the samples. row: what was measured of one flow."""

    samples: int
    seeds: int
    row: dict[str, Any]


def floor(card: Card, recording: Recording, metric: str = floors.EVEN) -> floors.Floor | None:
    """What as many real pictures have, by default as many of each class, as those of the flow; None where unknown."""
    return floors.at(card.dataset["name"], recording.row["against"], recording.samples, metric)


def of(card: Card, name: str, about: str) -> Recording | None:
    """The recording `name` of these very weights; None without one, and a warning where its file is damaged.

    about: what it holds, the beginning of that warning.
    """
    if not recorded.has(name):
        return None
    try:
        values = recorded.read(name)
        row = values["flows"].get(card.name)
        if row is None or row["sha256"] != card.sha256:
            return None  # of other weights
        return Recording(values["samples"], values["seeds"], row)
    except (checkpoints.CheckpointError, KeyError, TypeError, AttributeError) as error:
        st.warning(f"{about} cannot be read ({error}); restore them from the repository.")
        return None
