"""Recorded trainings: a common timeline for one or two models, their pictures, and the curves of their cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

import checkpoints
from checkpoints import Card, snapshots
from ui import charts, slides
from ui.components import curves
from ui.own import visit
from ui.training import histories

# Columns of a card's history that share a panel; every other column has its own.
PANELS = {
    "Fréchet distance to real pictures": ("frechet",),
    "Losses": ("discriminator", "generator"),
    "Mean output of D, before any sigmoid": ("real", "fake"),  # a logit, or what a critic or least squares gives
    "Critic's estimate, in units of its output": ("critic_estimate",),
    "Loss and reconstruction error, nats": ("loss", "reconstruction"),
    "KL divergence, nats": ("kl", "set_point"),
    "β and its integral part": ("beta", "integral"),
    "Squared error": ("error", "held_out_error"),
}
SIDES = ("left", "right")
FRAMES = 80  # of a film: a hundred colourful frames would make a GIF of 14 MB


@dataclass(frozen=True)
class Recording:
    """A model and the snapshots of its training."""

    card: Card
    snapshots: snapshots.Snapshots

    @property
    def history(self) -> dict[str, list[float | None]]:
        """The card's columns, and for a critic its estimate: the mean on real pictures minus that on generated ones."""
        columns = self.card.history
        if not self.card.recipe.get("loss", "").startswith("Wasserstein"):
            return columns
        return columns | {"critic_estimate": [x - y for x, y in zip(columns["real"], columns["fake"], strict=True)]}

    @property
    def history_steps(self) -> np.ndarray:
        """The step of each value in the history's columns, (values,)."""
        values = max((len(column) for column in self.history.values()), default=1)
        interval = self.card.recipe.get("interval") or self.snapshots.steps[-1] / values
        return interval * np.arange(1, values + 1)


def titles(recordings: Sequence[Recording]) -> str:
    """The models' titles in one line."""
    return " · ".join(recording.card.title for recording in recordings)


@st.cache_data(ttl=10, show_spinner=False)  # so that a newly trained checkpoint appears without a restart
def recorded_models() -> list[Card]:
    """Cards of the checkpoints whose training was recorded."""
    return [card for card in checkpoints.gallery() if snapshots.has(card.name)]


def models() -> list[Card]:
    """The same, preceded by the models of this visit."""
    return [card for card in visit.cards() if snapshots.has(card.name)] + recorded_models()


@st.cache_resource(max_entries=8, show_spinner=False)
def _read(name, sha256):
    return snapshots.read(name)


def read(card: Card) -> Recording:
    """The Recording of a card; raises CheckpointError if the file is truncated or damaged."""
    kept = snapshots.read(card.name) if card.own else _read(card.name, card.sha256)  # own ones end with the visit
    return Recording(card, kept)


def timeline(recordings: Sequence[Recording]) -> np.ndarray:
    """Steps with a snapshot in any of the recordings: (T,) increasing ints."""
    return np.unique(np.concatenate([recording.snapshots.steps for recording in recordings]))


def rows(recordings: Sequence[Recording], steps: np.ndarray) -> list[dict]:
    """Rows for the picture player (ui/components/picture_player): each model's newest snapshot at every step."""
    return [
        {
            "title": recording.card.title,
            "note": f"{len(recording.snapshots)} snapshots until step {recording.snapshots.steps[-1]:,}",
            "alt": of_what(recording.card),
            "stills": recording.snapshots.pictures,
            "mime": snapshots.MIME,
            "size": recording.snapshots.size,
            "at": [recording.snapshots.at(step) for step in steps],
        }
        for recording in recordings
    ]


def of_what(card: Card) -> str:
    """A description of a card's snapshots."""
    if card.own and card.encodes:
        return f"Pictures that {card.title} is not trained on, and below each what it makes of it"
    return f"Pictures that {card.title} makes from one fixed noise"


def panels(recordings: Sequence[Recording]) -> list[dict]:
    """Panels with the curves of all columns of the histories; the second model's curves are dashed.

    Two models share a panel if their values were measured alike; otherwise each has its own.
    """
    columns = dict.fromkeys(column for recording in recordings for column in recording.history)
    grouped = {column for group in PANELS.values() for column in group}
    groups = PANELS | {column.replace("_", " ").capitalize(): (column,) for column in columns if column not in grouped}
    sides = list(zip(SIDES, recordings, strict=False))
    drawn = []
    for title, group in groups.items():
        known = [name for name in group if name in columns]
        together = len({_measured_by(recording, group) for recording in recordings}) == 1
        for part in [sides] if together else [[side] for side in sides]:
            drawn.append(_panel(title if together else f"{title}, {part[0][0]}", known, part))
    return [panel for panel in drawn if panel]


def _measured_by(recording, columns):
    """What must be equal for two models so that their values can be compared."""
    card = recording.card
    how = card.protocol.get("history") if "frechet" in columns else card.recipe.get("loss")
    return card.dataset["name"], how


def _panel(title, columns, sides):
    series, values = [], []
    for side, recording in sides:
        for column in columns:
            y = np.asarray(recording.history.get(column, ()), float)  # None, for a missing value, becomes NaN
            if not np.isfinite(y).any():
                continue
            name, colour = histories.name(column), histories.colour(column)
            steps, dash = recording.history_steps[: len(y)], side == SIDES[1]
            series.append(curves.series(name, "line", colour, steps, y, dash=dash))
            values.append(y[np.isfinite(y)])
    if not series:
        return None
    values = np.concatenate(values)
    low, high = float(values.min()), float(values.max())
    log = charts.steep(values)
    margin = 0.05 * (high - low) or 0.5
    bounds = (low / 1.1, high * 1.1) if log else (low - margin, high + margin)
    return {"title": title, "quantity": "step", "range": bounds, "log": log, "series": series}


def about_critics(recordings: Sequence[Recording]) -> str:
    """Sentences about the critic's estimate and its unit if it is drawn, else an empty text."""
    losses = {recording.card.recipe.get("loss", "").partition("(")[0] for recording in recordings}
    sentences = [
        "A critic's estimate of the Wasserstein distance is its mean output on real pictures minus that on generated "
        "ones. "
    ]
    if "WassersteinGP" in losses:
        sentences.append(
            "With a gradient penalty its slopes are near 1, so the estimate is in units of the Euclidean distance "
            "between pictures with pixels in [−1,\u00a01]. "
        )
    if "Wasserstein" in losses:
        sentences.append(
            "A clipped critic's slope has no known bound: its estimate has no unit of distance, and is no fixed "
            "multiple of the Wasserstein distance, since clipped weights reach few of the functions of bounded slope. "
        )
    return "".join(sentences) if len(sentences) > 1 else ""


def slide(recordings: Sequence[Recording], step: int) -> slides.Slide:
    """The grids of all models at a step."""
    last = timeline(recordings)[-1]
    return slides.Slide(
        "The same noise during training",
        [slides.Grid(r.snapshots.frame(r.snapshots.at(step)), title=r.card.title) for r in recordings],
        note=f"step {step:,} of {last:,}",
        models=[r.card.name for r in recordings],
    )


def film(recordings: Sequence[Recording]) -> list[slides.Slide]:
    """Every step with a snapshot in any of the recordings, or FRAMES of them including the first and the last."""
    steps = timeline(recordings)
    shown = np.linspace(0, len(steps) - 1, min(FRAMES, len(steps))).round().astype(int)
    return [slide(recordings, step) for step in steps[shown]]


def curves_table(recordings: Sequence[Recording]) -> pd.DataFrame:
    """All curves: model, step, and a column for each column of any model."""
    return histories.table({r.card.name: (r.history_steps, r.history) for r in recordings})
