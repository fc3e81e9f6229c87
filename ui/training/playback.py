"""Recorded trainings as films: one timeline of steps for one or two models, and the curves of their cards over it."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

import checkpoints
from checkpoints import snapshots
from ui import charts, tiles
from ui.components import curves

# Columns of a card's history that belong into one panel; every other column has a panel of its own.
TOGETHER = {
    "Fréchet distance to the data": ("frechet",),
    "Losses": ("discriminator", "generator"),
    "Mean logit of the discriminator": ("real", "fake"),
    "Critic's estimate of the Wasserstein distance": ("critic_estimate",),
}
WORDS = {"frechet": "Fréchet distance", "critic_estimate": "estimate", "real": "real pictures", "fake": "generated"}


@dataclass(frozen=True)
class Recording:
    card: checkpoints.Card
    snapshots: snapshots.Snapshots

    @property
    def history(self):
        """The card's columns, and what a critic estimates: its mean on real pictures minus that on generated ones."""
        columns = self.card.history
        if not self.card.recipe.get("loss", "").startswith("Wasserstein"):
            return columns
        return columns | {"critic_estimate": [x - y for x, y in zip(columns["real"], columns["fake"], strict=True)]}

    @property
    def moments(self):
        """The step at which each value of the history's columns was taken: (values,)."""
        values = max((len(column) for column in self.history.values()), default=1)
        interval = self.card.recipe.get("interval") or self.snapshots.steps[-1] / values
        return interval * np.arange(1, values + 1)


@st.cache_data(ttl=10, show_spinner=False)  # a checkpoint that was trained a moment ago appears by itself
def offered():
    """Cards of the checkpoints whose training was recorded."""
    return [card for card in checkpoints.gallery() if snapshots.has(card.name)]


@st.cache_resource(max_entries=8, show_spinner=False)
def _read(name, sha256):
    return snapshots.read(name)


def read(card):
    """The Recording of a card; CheckpointError where it is cut or damaged."""
    return Recording(card, _read(card.name, card.sha256))


def timeline(recordings):
    """Steps at which any of the recordings has a snapshot: (T,) rising ints."""
    return np.unique(np.concatenate([recording.snapshots.steps for recording in recordings]))


def rows(recordings, steps):
    """Rows of a film (see ui/components/picture_player/): at every step each model shows its newest snapshot."""
    return [
        {
            "title": recording.card.title,
            "note": f"{len(recording.snapshots)} snapshots until step {recording.snapshots.steps[-1]:,}",
            "alt": f"Pictures that {recording.card.title} makes of one fixed noise",
            "stills": recording.snapshots.pictures,
            "mime": snapshots.MIME,
            "size": recording.snapshots.size,
            "at": [recording.snapshots.at(step) for step in steps],
        }
        for recording in recordings
    ]


def panels(recordings):
    """Panels of curves of everything in the histories; the second model's curves are dashed."""
    columns = dict.fromkeys(column for recording in recordings for column in recording.history)
    grouped = {column for group in TOGETHER.values() for column in group}
    every = TOGETHER | {column.replace("_", " ").capitalize(): (column,) for column in columns if column not in grouped}
    made = [
        _panel(title, [column for column in group if column in columns], recordings) for title, group in every.items()
    ]
    return [panel for panel in made if panel]


def _panel(title, columns, recordings):
    series, values = [], []
    for which, recording in enumerate(recordings):
        owner = f", {('left', 'right')[which]}" if len(recordings) > 1 else ""  # as the pictures stand
        for colour, column in enumerate(columns):
            y = np.asarray(recording.history.get(column, ()), float)  # None, a value not taken, becomes NaN
            if not np.isfinite(y).any():
                continue
            name, hue = (
                WORDS.get(column, column.replace("_", " ")),
                charts.PALETTE[colour if len(columns) > 1 else which],
            )
            x = recording.moments[: len(y)]
            series.append(curves.series(name + owner, "line", hue, x, y, dash=which > 0))
            values.append(y[np.isfinite(y)])
    if not series:
        return None
    values = np.concatenate(values)
    low, high = float(values.min()), float(values.max())
    log = charts.steep(values)
    margin = 0.05 * (high - low) or 0.5
    bounds = (low / 1.1, high * 1.1) if log else (low - margin, high + margin)
    return {"title": title, "range": bounds, "log": log, "series": series}


def about_critics(recordings):
    """A sentence for the reader where a clipped critic's estimate is drawn, else nothing."""
    if any(recording.card.recipe.get("loss", "").startswith("Wasserstein(") for recording in recordings):
        return "A clipped critic's estimate is an unknown multiple of the Wasserstein distance. "
    return ""


def grids(recordings, index):
    """What the film shows at one moment: grids side by side, (H, W) or (H, W, 3) uint8. index: a snapshot for each."""
    shown = [r.snapshots.frame(i) for r, i in zip(recordings, index, strict=True)]
    shown = [grid if grid.ndim == 3 else grid[:, :, None] for grid in shown]
    if len({grid.shape[2] for grid in shown}) > 1:
        shown = [np.broadcast_to(grid, (*grid.shape[:2], 3)) for grid in shown]
    height = max(grid.shape[0] for grid in shown)
    tall = [np.pad(grid, ((0, height - grid.shape[0]), (0, 0), (0, 0)), constant_values=128) for grid in shown]
    gap = np.full((height, 8, tall[0].shape[2]), 128, np.uint8)
    sheet = np.concatenate([part for grid in tall for part in (grid, gap)][:-1], 1)
    return sheet[:, :, 0] if sheet.shape[2] == 1 else sheet


@st.cache_data(max_entries=4, show_spinner="Drawing the animation …")
def _animation(key, format, _recordings):
    steps = timeline(_recordings)
    frames = [grids(_recordings, [r.snapshots.at(step) for r in _recordings]) for step in steps]
    return tiles.animation(frames, format, milliseconds=100, scale=1, quality=85)


def animation(recordings, format):
    """The whole film as one file, "gif" or "webp"."""
    return _animation(tuple(r.card.sha256 for r in recordings), format, recordings)


def csv(recordings):
    """All curves as CSV text: model, step, and a column for each that any of the models has."""
    columns = list(dict.fromkeys(column for r in recordings for column in r.history))
    lines = [",".join(["model", "step", *columns])]
    for recording in recordings:
        history = recording.history
        for k, step in enumerate(recording.moments):
            values = [history.get(c, ())[k] if k < len(history.get(c, ())) else None for c in columns]
            cells = ["" if v is None else repr(v) for v in values]
            lines.append(",".join([recording.card.name, f"{step:g}", *cells]))
    return "\n".join(lines) + "\n"
