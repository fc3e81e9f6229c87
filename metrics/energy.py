"""Energy distance of two samples, without any network (Székely & Rizzo 2013)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial.distance import cdist, pdist


def energy_distance(x: ArrayLike, y: ArrayLike) -> float:
    """2 E‖X − Y‖ − E‖X − X'‖ − E‖Y − Y'‖ of two samples (n, d) and (m, d): 0 only where they are the same.

    The expectations go over all pairs, a point with itself included, so that this is the distance of the two empirical
    distributions and never negative. In units of the coordinates; in one dimension the square of
    scipy.stats.energy_distance. Raises ValueError for samples that are empty or differ in dimension.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 2 or y.ndim != 2 or x.shape[1] != y.shape[1] or not (len(x) and len(y)):
        raise ValueError(f"Two samples (n, d) and (m, d) are needed, not {x.shape} and {y.shape}.")
    return float(2 * cdist(x, y).mean() - _within(x) - _within(y))


def _within(x):
    """E‖X − X'‖ over all pairs of one sample, each of which is there in both orders."""
    return 2 * pdist(x).sum() / len(x) ** 2


def noise_floor(
    sample: Callable[[int, np.random.Generator], np.ndarray],
    n: int,
    rng: np.random.Generator,
    repeats: int = 200,
    quantile: float = 0.95,
) -> float:
    """A quantile of the energy distance between two real samples of n points, over `repeats` pairs.

    sample: (n, rng) -> (n, d), in the units of the result. A perfect generator is below the 0.95 quantile in 95 of 100
    samples.
    """
    return float(np.quantile([energy_distance(sample(n, rng), sample(n, rng)) for _ in range(repeats)], quantile))
