"""Histories of trainings from their cards: names and colours of the columns, and a table for a download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ui import charts

NAMES = {
    "frechet": "Fréchet distance",
    "critic_estimate": "estimate",
    "real": "real pictures",
    "fake": "generated pictures",
    "kl": "KL",
    "beta": "β",
    "integral": "integral part",
    "valid_bound": "bound of validation pictures",
    "held_out_error": "error of held-out pictures",
}
# A colour stands for a quantity, whatever the model: blue for real pictures, orange for generated ones.
COLOURS = {
    "real": charts.REAL,
    "fake": charts.GENERATED,
    "discriminator": charts.PALETTE[7],
    "generator": charts.PALETTE[4],  # its loss, beside the logit of generated pictures
    "frechet": charts.PALETTE[2],
    "critic_estimate": charts.PALETTE[6],
    "gradient_norm": charts.PALETTE[9],
    "loss": charts.PALETTE[7],
    "reconstruction": charts.PALETTE[2],
    "kl": charts.PALETTE[4],
    "set_point": charts.PALETTE[9],
    "beta": charts.PALETTE[6],
    "integral": charts.PALETTE[3],
    "held_out_error": charts.PALETTE[6],
    "bound": charts.PALETTE[2],
    "valid_bound": charts.PALETTE[4],
    "held_loss": charts.PALETTE[4],
    "squared_error": charts.PALETTE[2],
    "generator_loss": charts.PALETTE[4],
    "discriminator_loss": charts.PALETTE[7],
}


def name(column: str) -> str:
    """The name of a history's column."""
    return NAMES.get(column, column.replace("_", " "))


def colour(column: str) -> str:
    """The colour of its curve."""
    return COLOURS.get(column, charts.PALETTE[6])


def table(histories: Mapping[str, tuple[np.ndarray, Mapping[str, Sequence[float | None]]]]) -> pd.DataFrame:
    """Rows (model, step, a column for every scalar) of {model: (steps, columns)}; empty cells for missing values."""
    frames = []
    for model, (steps, columns) in histories.items():
        values = {name: pd.Series(column, dtype=float) for name, column in columns.items()}
        frames.append(pd.DataFrame({"model": model, "step": [f"{step:g}" for step in steps], **values}))
    return pd.concat(frames, ignore_index=True)
