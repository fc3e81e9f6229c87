"""Numbers for one code: its density under the prior, the nearest test code, and a table of all its values."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd


def log_prior(code: np.ndarray) -> float:
    """log N(z; 0, I) of a code (latent,), in nats; as in models.probability, but without importing torch."""
    return -0.5 * (float(np.linalg.norm(code)) ** 2 + len(code) * math.log(2 * math.pi))


def nearest(preview: Mapping[str, np.ndarray], code: np.ndarray) -> tuple[int, float, int | None]:
    """(row, Euclidean distance, label) of the test code nearest to a code (latent,)."""
    distances = np.linalg.norm(preview["codes"] - code, axis=1)
    row = int(distances.argmin())
    return row, float(distances[row]), int(preview["labels"][row]) if "labels" in preview else None


def table(code: np.ndarray, preview: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """The values of a code (latent,) in the order of its dimensions, with their effect (of the grey range) and nats."""
    rows = pd.DataFrame({"dimension": range(len(code)), "value": code.astype(float)})
    for name, column in {"effect": "effect", "nats": "kl"}.items():
        if column in preview:
            rows[name] = [f"{value:.6g}" for value in preview[column]]
    return rows
