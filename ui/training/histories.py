"""Histories of trainings, as their cards keep them, as one table for a download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd


def table(histories: Mapping[str, tuple[np.ndarray, Mapping[str, Sequence[float | None]]]]) -> pd.DataFrame:
    """Rows (model, step, a column for every scalar) of {model: (steps, columns)}; empty where a model has no value."""
    frames = []
    for model, (steps, columns) in histories.items():
        values = {name: pd.Series(column, dtype=float) for name, column in columns.items()}
        frames.append(pd.DataFrame({"model": model, "step": [f"{step:g}" for step in steps], **values}))
    return pd.concat(frames, ignore_index=True)
