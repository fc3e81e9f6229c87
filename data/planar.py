"""Toy sets of points in the plane, for a GAN that can be watched: SETS["parabola"].sample(4096, rng) -> (4096, 2).

Nothing here imports torch. A person's own points become a set by `around`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class PlanarSet:
    """sample: (n, rng) -> (n, 2) float64 by a numpy Generator. modes: (K, 2) centres where there are some, or None."""

    title: str
    sample: Callable
    modes: np.ndarray | None = None


def _parabola(n, rng):
    x = 10 * rng.random(n) - 5
    return np.stack([x, 10 + x**2], 1)


RING, SPREAD = 8, 0.08  # Gaussians on the unit circle, and their standard deviation
_angles = 2 * math.pi * np.arange(RING) / RING
CENTRES = np.stack([np.cos(_angles), np.sin(_angles)], 1)


def _ring(n, rng):
    return CENTRES[rng.integers(RING, size=n)] + SPREAD * rng.standard_normal((n, 2))


def _moons(n, rng):
    angle, lower = math.pi * rng.random(n), rng.random(n) < 0.5
    x = np.where(lower, 1 - np.cos(angle), np.cos(angle))
    y = np.where(lower, 0.5 - np.sin(angle), np.sin(angle))
    return np.stack([x, y], 1) + 0.06 * rng.standard_normal((n, 2))


def _spiral(n, rng):
    angle = 3 * math.pi * np.sqrt(rng.random(n)) + 0.5  # the root spreads points evenly along the arm
    return angle[:, None] / 10 * np.stack([np.cos(angle), np.sin(angle)], 1) + 0.03 * rng.standard_normal((n, 2))


# By their name in links. The first is the set of assignment 001, part 2.2.
SETS = {
    "parabola": PlanarSet("Parabola: y = 10 + x²", _parabola),
    "ring": PlanarSet("Ring of eight Gaussians", _ring, CENTRES),
    "moons": PlanarSet("Two moons", _moons),
    "spiral": PlanarSet("Spiral", _spiral),
}

FEWEST, MOST = 8, 2000


def around(points, spread=0.05):
    """A set around a person's points (n, 2): one of them at random, moved by a little Gaussian noise.

    spread: of the noise, as a share of the points' own standard deviation. Raises ValueError in one sentence when the
    points are too few or too many, not finite, or all at one place.
    """
    points = np.asarray(points, dtype=float)
    if points.ndim != 2 or points.shape[1] != 2 or not FEWEST <= len(points) <= MOST:
        raise ValueError(f"Draw {FEWEST} to {MOST:,} points.")
    if not np.isfinite(points).all():
        raise ValueError("Points must be finite numbers.")
    own = points.std(0).max()
    if own == 0:
        raise ValueError("All points lie at one place; draw some elsewhere.")

    def sample(n, rng):
        return points[rng.integers(len(points), size=n)] + spread * own * rng.standard_normal((n, 2))

    return PlanarSet("Your own points", sample)
