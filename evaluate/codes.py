"""Random codes for a model: from the prior, or from a second-stage density fitted to its codes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

PARTS = ("mixture_weights", "mixture_means", "mixture_factors")  # arrays of the mixture in a checkpoint's preview


def draw(length: int, rng: np.random.Generator, count: int, mixture: Sequence[np.ndarray] | None = None) -> np.ndarray:
    """Random codes (count, length) float32 from N(0, I), or from the mixture whose PARTS are given."""
    noise = rng.standard_normal((count, length)).astype(np.float32)
    if mixture is None:
        return noise
    from models.mixture import Mixture

    return Mixture(*(part.copy() for part in mixture)).sample(noise, rng.random(count, np.float32)).numpy()
