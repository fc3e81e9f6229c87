"""The least loss that flow matching can reach on given points (Lipman et al. 2023, Liu et al. 2023)."""

import numpy as np
from numpy.typing import ArrayLike

CHUNK = 256  # draws at once, so that the weights of all points fit into memory


def least_loss(points: ArrayLike, draws: int, rng: np.random.Generator) -> float:
    """Mean squared error of the best velocity field, E[data − noise | x_t], over draws and coordinates.

    x_t = (1 − t) noise + t data, with data drawn from points (n, d), noise from N(0, I) and t uniform in [0, 1). Many
    pairs of noise and data pass through the same place in different directions, so no field has zero error: this is
    the mean over x_t of the variance of data − noise at x_t, in squared units of the points. Raises ValueError for
    anything but points (n, d).
    """
    points = np.asarray(points, dtype=float)
    if points.ndim != 2 or not points.size:
        raise ValueError(f"Points (n, d) are needed, not {points.shape}.")
    times = (np.arange(draws) + rng.random(draws)) / draws  # stratified, which lowers the variance of the mean
    total = 0.0
    for first in range(0, draws, CHUNK):
        t = times[first : first + CHUNK, None]
        data = points[rng.integers(len(points), size=len(t))]
        noise = rng.standard_normal(data.shape)
        x = (1 - t) * noise + t * data
        # Squared length of the noise that would lead from each point to x: its density gives the point's probability.
        squares = ((x**2).sum(1, keepdims=True) - 2 * t * (x @ points.T) + t**2 * (points**2).sum(1)) / (1 - t) ** 2
        logits = -squares / 2
        weights = np.exp(logits - logits.max(1, keepdims=True))
        weights /= weights.sum(1, keepdims=True)
        # For a given x, data − noise = (data − x) / (1 − t), so its variance is that of the data over (1 − t)².
        variance = weights @ points**2 - (weights @ points) ** 2
        total += float((variance / (1 - t) ** 2).sum())
    return total / (draws * points.shape[1])
