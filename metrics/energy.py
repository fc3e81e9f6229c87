"""Energy distance of two samples, without any network (Székely & Rizzo 2013)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial.distance import cdist, pdist


def energy_distance(x: ArrayLike, y: ArrayLike) -> float:
    """2 E‖X − Y‖ − E‖X − X'‖ − E‖Y − Y'‖ of two samples (n, d) and (m, d): 0 only if they are the same.

    The expectations are over all pairs, including a point with itself, so that this is the distance between the two
    empirical distributions and never negative. In units of the coordinates; in one dimension the square of
    scipy.stats.energy_distance. Raises ValueError for samples that are empty or differ in dimension.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 2 or y.ndim != 2 or x.shape[1] != y.shape[1] or not (len(x) and len(y)):
        raise ValueError(f"Two samples (n, d) and (m, d) are needed, not {x.shape} and {y.shape}.")
    return float(2 * cdist(x, y).mean() - _within(x) - _within(y))


def _within(x):
    """E‖X − X'‖ over all ordered pairs of one sample."""
    return 2 * pdist(x).sum() / len(x) ** 2


def noise_floor(
    sample: Callable[[int, np.random.Generator], np.ndarray],
    n: int,
    rng: np.random.Generator,
    repeats: int = 200,
) -> float:
    """The 95 % quantile of the energy distance between two real samples of n points, over `repeats` pairs.

    sample: (n, rng) -> (n, d); the result is in its units. A perfect generator is below it 95 times in 100.
    """
    return float(np.quantile([energy_distance(sample(n, rng), sample(n, rng)) for _ in range(repeats)], 0.95))
