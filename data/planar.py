"""Toy sets of points in the plane, for networks that train while somebody watches.

SETS["parabola"].sample(4096, rng) -> (4096, 2)

Nothing here imports torch. `around` turns a visitor's own points into a set.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class PlanarSet:
    """A distribution of points. sample: (n, rng) -> (n, 2) float64."""

    title: str
    sample: Callable[[int, np.random.Generator], np.ndarray]


def parabola(n: int, rng: np.random.Generator) -> np.ndarray:
    """n points of y = 10 + x², x uniform in [−5, 5]: (n, 2) float64."""
    x = 10 * rng.random(n) - 5
    return np.stack([x, 10 + x**2], 1)


RING, SPREAD = 8, 0.08  # Gaussians on the unit circle, and their standard deviation
_angles = 2 * math.pi * np.arange(RING) / RING
CENTRES = np.stack([np.cos(_angles), np.sin(_angles)], 1)


def ring(n: int, rng: np.random.Generator) -> np.ndarray:
    """n points of eight Gaussians of standard deviation SPREAD around CENTRES: (n, 2) float64."""
    return CENTRES[rng.integers(RING, size=n)] + SPREAD * rng.standard_normal((n, 2))


def _moons(n: int, rng: np.random.Generator) -> np.ndarray:
    angle, lower = math.pi * rng.random(n), rng.random(n) < 0.5
    x = np.where(lower, 1 - np.cos(angle), np.cos(angle))
    y = np.where(lower, 0.5 - np.sin(angle), np.sin(angle))
    return np.stack([x, y], 1) + 0.06 * rng.standard_normal((n, 2))


def _spiral(n: int, rng: np.random.Generator) -> np.ndarray:
    angle = 3 * math.pi * np.sqrt(rng.random(n)) + 0.5  # the square root spreads points evenly along the arm
    return angle[:, None] / 10 * np.stack([np.cos(angle), np.sin(angle)], 1) + 0.03 * rng.standard_normal((n, 2))


# By name in links.
SETS = {
    "parabola": PlanarSet("Parabola: y = 10 + x²", parabola),
    "ring": PlanarSet("Ring of eight Gaussians", ring),
    "moons": PlanarSet("Two moons", _moons),
    "spiral": PlanarSet("Spiral", _spiral),
}

FEWEST, MOST = 8, 500


def around(points: ArrayLike, spread: float = 0.05) -> PlanarSet:
    """A kernel density around a visitor's points (n, 2): one of them at random, plus Gaussian noise.

    spread: standard deviation of the noise as a share of the points' own. Raises ValueError with one sentence if there
    are too few or too many points, or they are not finite or all equal.
    """
    centres = np.asarray(points, dtype=float)
    if centres.ndim != 2 or centres.shape[1] != 2 or not FEWEST <= len(centres) <= MOST:
        raise ValueError(f"Draw {FEWEST} to {MOST} points.")
    if not np.isfinite(centres).all():
        raise ValueError("Points must be finite numbers.")
    deviation = centres.std(0).max()
    if deviation == 0:
        raise ValueError("All points lie at one place; draw some elsewhere.")

    def sample(n, rng):
        return centres[rng.integers(len(centres), size=n)] + spread * deviation * rng.standard_normal((n, 2))

    return PlanarSet("Your own points", sample)
