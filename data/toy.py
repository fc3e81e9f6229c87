"""Toy distributions with everything known exactly: what divergences and density estimates are judged against.

    p = line(0)                      (0, U[0, 1]), the assignment's distribution 1
    q = line(0).shifted(0.5)         q_θ: the same moved by θ along the first axis
    q.sample(512, rng)               (512, 2) float64
    DISTRIBUTIONS[4].density(x)         density of a distribution on the line

A distribution lives on the line, or in the plane as (first coordinate, U[0, 1]) with independent coordinates; its
law is that of the first coordinate. Nothing here imports torch.
"""

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from data import tanh_gaussian as transformed


@dataclass(frozen=True)
class Distribution:
    """cdf, quantile and density are those of the first coordinate and take arrays of any shape.

    density: None for a point mass. support: an interval that holds all mass but less than 1e-20.
    breaks: points where cdf or density are not smooth. lifted: there is a second coordinate, uniform in [0, 1].
    """

    title: str
    cdf: Callable
    quantile: Callable
    density: Callable | None
    support: tuple[float, float]
    breaks: tuple[float, ...] = ()
    lifted: bool = False

    @property
    def dimension(self):
        return 2 if self.lifted else 1

    def shifted(self, theta):
        """q_θ: this distribution moved by θ along the first axis. Raises ValueError when θ is not finite."""
        theta = _finite(theta, "θ")
        if theta == 0:
            return self
        density = self.density and (lambda x: self.density(np.asarray(x) - theta))
        return dataclasses.replace(
            self,
            title=f"{self.title}, moved by {theta:g}",
            cdf=lambda x: self.cdf(np.asarray(x) - theta),
            quantile=lambda u: self.quantile(u) + theta,
            density=density,
            support=(self.support[0] + theta, self.support[1] + theta),
            breaks=tuple(b + theta for b in self.breaks),
        )

    def sample(self, n, rng, stratified=True):
        """(n, dimension) float64 in random order, by a numpy Generator.

        stratified: every coordinate falls once into each of n intervals of equal probability (a Latin hypercube, McKay
        et al. 1979): each point has the same law as an independent one, but means over the sample scatter far less.
        """
        u = rng.random((n, self.dimension))
        if stratified:
            cells = rng.permuted(np.tile(np.arange(n)[:, None], self.dimension), axis=0)
            u = (cells + u) / n
        u[:, 0] = self.quantile(np.clip(u[:, 0], 2.0**-53, 1 - 2.0**-53))  # a quantile of 0 or 1 may be infinite
        return u

    __call__ = sample


def point(x=0.0):
    """All mass at x."""
    x = _finite(x, "x")

    def cdf(t):
        return np.where(np.asarray(t) >= x, 1.0, 0.0)

    return Distribution(f"point {x:g}", cdf, lambda u: np.full_like(u, x), None, (x, x), (x,))


def uniform(low=0.0, high=1.0):
    """U[low, high]."""
    low, high = _finite(low, "The lower end"), _finite(high, "The upper end")
    if not low < high:
        raise ValueError(f"The lower end {low:g} of a uniform distribution must lie below its upper end {high:g}.")
    width = high - low

    def cdf(x):
        return np.clip((np.asarray(x) - low) / width, 0, 1)

    def density(x):
        return np.where((np.asarray(x) >= low) & (np.asarray(x) <= high), 1 / width, 0.0)

    title = f"U[{low:g}, {high:g}]"
    return Distribution(title, cdf, lambda u: low + width * u, density, (low, high), (low, high))


def gaussian(mean=0.0, std=1.0):
    """N(mean, std²); the standard one is the assignment's distribution 3."""
    mean, std = _finite(mean, "The mean"), _finite(std, "The standard deviation")
    if std <= 0:
        raise ValueError(f"A standard deviation must be above 0, not {std:g}.")

    def density(x):
        return np.exp(-(((np.asarray(x) - mean) / std) ** 2) / 2) / (std * math.sqrt(2 * math.pi))

    return Distribution(
        f"N({mean:g}, {std:g}²)",
        lambda x: ndtr((np.asarray(x) - mean) / std),
        lambda u: mean + std * ndtri(u),
        density,
        (mean - 10 * std, mean + 10 * std),
    )


def mixture(a, b):
    """Half of the mass from each of two distributions on the line; both need a density."""

    def quantile(u):
        u = np.asarray(u, dtype=float)
        ends = a.quantile(u), b.quantile(u)  # the mixture's quantile lies between theirs
        low, high = np.minimum(*ends), np.maximum(*ends)
        for _ in range(60):  # halving leaves 1e-18 of the first distance
            middle = (low + high) / 2
            below = (a.cdf(middle) + b.cdf(middle)) / 2 < u
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return (low + high) / 2

    return Distribution(
        f"½ {a.title} + ½ {b.title}",
        lambda x: (a.cdf(x) + b.cdf(x)) / 2,
        quantile,
        lambda x: (a.density(x) + b.density(x)) / 2,
        (min(a.support[0], b.support[0]), max(a.support[1], b.support[1])),
        a.breaks + b.breaks,
    )


def tanh_gaussian():
    """tanh(2z + 1) + 0.75 z for z ~ N(0, 1): the assignment's distribution 4."""
    ends = tuple(transformed.forward(np.array([-10.0, 10.0])).tolist())
    return Distribution("tanh(2z + 1) + 0.75 z", transformed.cdf, transformed.quantile, transformed.density, ends)


def line(x=0.0):
    """(x, U[0, 1]), a vertical stroke in the plane: the assignment's distribution 1."""
    return dataclasses.replace(point(x), title=f"({x:g}, U[0, 1])", lifted=True)


def square():
    """U[0, 1]²: the assignment's distribution 2."""
    return dataclasses.replace(uniform(), title="U[0, 1]²", lifted=True)


def _finite(value, what):
    if not math.isfinite(value):
        raise ValueError(f"{what} must be a finite number, not {value}.")
    return float(value)


# By their number in the assignment.
DISTRIBUTIONS = {1: line(), 2: square(), 3: gaussian(), 4: tanh_gaussian()}
# A pair with equal means, which no straight line can tell apart.
TWO_BELLS, MIDDLE = mixture(gaussian(-2.0, 0.5), gaussian(2.0, 0.5)), gaussian(0.0, 0.5)
