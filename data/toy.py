"""Toy distributions whose density, distribution function and quantiles are exact: references for estimates.

    p = line(0)                      (0, U[0, 1]), a segment (Arjovsky et al. 2017, example 1)
    q = line(0).shifted(0.5)         q_θ: p shifted by θ along the first axis
    q.sample(512, rng)               (512, 2) float64
    tanh_gaussian().density(x)       density of a one-dimensional distribution

A distribution is one-dimensional, or in the plane as (first coordinate, U[0, 1]) with independent coordinates; then
cdf, quantile and density are those of the first coordinate. Nothing here imports torch.
"""

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from data import tanh_gaussian as transformed

Function = Callable[[ArrayLike], np.ndarray]


@dataclass(frozen=True)
class Distribution:
    """cdf, quantile and density are those of the first coordinate and take arrays of any shape.

    density: None for a point mass. support: an interval with all of the mass except less than 1e-20.
    breaks: points where cdf or density are not smooth. lifted: there is a second coordinate, uniform in [0, 1].
    """

    title: str
    cdf: Function
    quantile: Function
    density: Function | None
    support: tuple[float, float]
    breaks: tuple[float, ...] = ()
    lifted: bool = False

    @property
    def dimension(self) -> Literal[1, 2]:
        """Coordinates of a point."""
        return 2 if self.lifted else 1

    def pdf(self, x: np.ndarray) -> np.ndarray:
        """The density at points of any shape. Raises ValueError for a point mass."""
        if self.density is None:
            raise ValueError(f"{self.title} has no density.")
        return self.density(x)

    def shifted(self, theta: float) -> "Distribution":
        """This distribution shifted by θ along the first axis. Raises ValueError if θ is not finite."""
        theta = _finite(theta, "θ")
        if theta == 0:
            return self
        density = self.density
        return dataclasses.replace(
            self,
            title=f"{self.title}, moved by {theta:g}",
            cdf=lambda x: self.cdf(np.asarray(x) - theta),
            quantile=lambda u: self.quantile(u) + theta,
            density=density and (lambda x: density(np.asarray(x) - theta)),
            support=(self.support[0] + theta, self.support[1] + theta),
            breaks=tuple(b + theta for b in self.breaks),
        )

    def sample(self, n: int, rng: np.random.Generator, stratified: bool = True) -> np.ndarray:
        """Points (n, dimension) float64 in random order.

        stratified: every coordinate has one point in each of n intervals of equal probability (a Latin hypercube, McKay
        et al. 1979): each point has the same distribution as an independent one, but means over the sample have a much
        smaller variance.
        """
        u = rng.random((n, self.dimension))
        if stratified:
            cells = rng.permuted(np.tile(np.arange(n)[:, None], self.dimension), axis=0)
            u = (cells + u) / n
        u[:, 0] = self.quantile(np.clip(u[:, 0], 2.0**-53, 1 - 2.0**-53))  # a quantile of 0 or 1 may be infinite
        return u

    __call__ = sample


def point(x: float = 0.0) -> Distribution:
    """All mass at x. Raises ValueError if x is not finite."""
    x = _finite(x, "x")

    def cdf(t):
        return np.where(np.asarray(t) >= x, 1.0, 0.0)

    return Distribution(f"point {x:g}", cdf, lambda u: np.full_like(u, x), None, (x, x), (x,))


def uniform(low: float = 0.0, high: float = 1.0) -> Distribution:
    """U[low, high]. Raises ValueError unless low < high, both finite."""
    low, high = _finite(low, "The lower end"), _finite(high, "The upper end")
    if not low < high:
        raise ValueError(f"The lower end {low:g} of a uniform distribution must lie below its upper end {high:g}.")
    width = high - low

    def cdf(x):
        return np.clip((np.asarray(x) - low) / width, 0, 1)

    def density(x):
        return np.where((np.asarray(x) >= low) & (np.asarray(x) <= high), 1 / width, 0.0)

    title = f"U[{low:g}, {high:g}]"
    return Distribution(title, cdf, lambda u: low + width * np.asarray(u), density, (low, high), (low, high))


def gaussian(mean: float = 0.0, std: float = 1.0) -> Distribution:
    """N(mean, std²). Raises ValueError unless std > 0, both finite."""
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


def mixture(a: Distribution, b: Distribution) -> Distribution:
    """An equal mixture of two one-dimensional distributions. Raises ValueError unless both have a density."""
    first, second = a.density, b.density
    if first is None or second is None:
        raise ValueError("A mixture needs two distributions with a density.")

    def quantile(u):
        u = np.asarray(u, dtype=float)
        ends = a.quantile(u), b.quantile(u)  # the mixture's quantile lies between theirs
        low, high = np.minimum(*ends), np.maximum(*ends)
        for _ in range(60):  # 60 halvings leave 1e-18 of the first distance
            middle = (low + high) / 2
            below = (a.cdf(middle) + b.cdf(middle)) / 2 < u
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return (low + high) / 2

    return Distribution(
        f"½ {a.title} + ½ {b.title}",
        lambda x: (a.cdf(x) + b.cdf(x)) / 2,
        quantile,
        lambda x: (first(x) + second(x)) / 2,
        (min(a.support[0], b.support[0]), max(a.support[1], b.support[1])),
        a.breaks + b.breaks,
    )


def tanh_gaussian() -> Distribution:
    """tanh(2z + 1) + 0.75 z for z ~ N(0, 1)."""
    low, high = transformed.forward(np.array([-10.0, 10.0])).tolist()
    return Distribution(
        "tanh(2z + 1) + 0.75 z", transformed.cdf, transformed.quantile, transformed.density, (low, high)
    )


def line(x: float = 0.0) -> Distribution:
    """(x, U[0, 1]), a vertical segment in the plane. Raises ValueError if x is not finite."""
    return dataclasses.replace(point(x), title=f"({x:g}, U[0, 1])", lifted=True)


def square() -> Distribution:
    """U[0, 1]²."""
    return dataclasses.replace(uniform(), title="U[0, 1]²", lifted=True)


def _finite(value: float, what: str) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{what} must be a finite number, not {value}.")
    return float(value)


# A pair with equal means, which no linear critic can distinguish.
TWO_GAUSSIANS, MIDDLE_GAUSSIAN = mixture(gaussian(-2.0, 0.5), gaussian(2.0, 0.5)), gaussian(0.0, 0.5)


def named(kind: str, std: float = 1.0) -> Distribution:
    """The distribution with this name, as names can be sent; std: of a Gaussian. Raises ValueError for other names."""
    match kind:
        case "line":
            return line()
        case "square":
            return square()
        case "gaussian":
            return gaussian(0.0, std)
        case "tanh":
            return tanh_gaussian()
        case "uniform":
            return uniform()
    raise ValueError(f"There is no distribution {kind}.")
