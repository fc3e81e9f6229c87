"""Exact Jensen-Shannon divergence and Wasserstein-1 distance of toy distributions (data.toy), by quadrature.

With independent coordinates and equal second ones, both are those of the first coordinate: the divergence by the chain
rule, the distance because no mass needs to move along the second axis. JSD in nats, distance in units of x.
"""

from collections.abc import Callable, Iterable

import numpy as np

from data.toy import Distribution

LOG2 = float(np.log(2))
NODES, WEIGHTS = np.polynomial.legendre.leggauss(8)
PANELS = 64  # per support, and from lowest to highest point; with 8 nodes each, errors are below 1e-9


def jsd(p: Distribution, q: Distribution) -> float:
    """½ KL(p ‖ r) + ½ KL(q ‖ r) with r = (p + q) / 2, in nats (Lin 1991): 0 if equal, log 2 if disjoint.

    Raises ValueError if p and q differ in dimension.
    """
    _same_dimension(p, q)
    if p.density is None and q.density is None:
        return 0.0 if p.quantile(0.5) == q.quantile(0.5) else LOG2
    if p.density is None or q.density is None:
        return LOG2  # a point mass and a density are disjoint: a point has no mass under the density
    x, weights = quadrature(p, q)
    a, b = p.density(x), q.density(x)
    return float((weights * (_half_kl(a, (a + b) / 2) + _half_kl(b, (a + b) / 2))).sum())


def wasserstein(p: Distribution, q: Distribution) -> float:
    """W₁ = ∫ |F_p − F_q| dx (Vallender 1974), the least mean distance that mass must move, in units of x.

    Raises ValueError if p and q differ in dimension.
    """
    _same_dimension(p, q)
    x, _ = quadrature(p, q)
    difference = p.cdf(x) - q.cdf(x)
    # The integrand has a kink where the distribution functions cross, so the integral is split there.
    i = np.flatnonzero(difference[:-1] * difference[1:] < 0)
    crossings = x[i] - difference[i] * (x[i + 1] - x[i]) / (difference[i + 1] - difference[i])
    x, weights = quadrature(p, q, crossings)
    return float((weights * np.abs(p.cdf(x) - q.cdf(x))).sum())


def curves(p: Distribution, q: Distribution, thetas: Iterable[float]) -> dict[str, np.ndarray]:
    """Exact values at every θ (T,), where q_θ is q shifted by θ along the first axis: {column: array (T,)}.

    jsd, wasserstein, and their derivatives in θ (jsd_gradient, wasserstein_gradient): the gradients that a generator
    with the parameter θ would get. At a kink, the mean of both sides; NaN where the divergence jumps.
    """

    thetas = list(thetas)

    def over(distance: Callable[[Distribution, Distribution], float], shift: float = 0.0) -> np.ndarray:
        return np.array([distance(p, q.shifted(theta + shift)) for theta in thetas])

    h = 1e-4
    values = {"jsd": over(jsd), "wasserstein": over(wasserstein)}
    slopes = {
        "jsd_gradient": (over(jsd, h) - over(jsd, -h)) / (2 * h),
        "wasserstein_gradient": (over(wasserstein, h) - over(wasserstein, -h)) / (2 * h),
    }
    if p.density is None and q.density is None:
        slopes["jsd_gradient"][values["jsd"] == 0] = np.nan
    return values | slopes


def expectation(distribution: Distribution, function: Callable[[np.ndarray], np.ndarray]) -> float:
    """E function(x) over the first coordinate x of a distribution; function: nodes (N,) -> values (N,).

    Raises ValueError if the distribution has no density.
    """
    x, weights = quadrature(distribution, distribution)
    return float((weights * distribution.pdf(x) * function(x)).sum())


def _half_kl(a: np.ndarray, r: np.ndarray) -> np.ndarray:
    """½ a log(a / r), 0 where a is 0."""
    return 0.5 * np.where(a > 0, a * np.log(np.where(a > 0, a, 1) / np.where(r > 0, r, 1)), 0.0)


def quadrature(p: Distribution, q: Distribution, extra: Iterable[float] = ()) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights, each (N,), over both supports: Gauss-Legendre on panels that end at breaks and `extra`."""
    low, high = min(p.support[0], q.support[0]), max(p.support[1], q.support[1])
    breaks = [b for b in (*p.breaks, *q.breaks, *p.support, *q.support, *extra) if low <= b <= high]
    ranges = (low, high), p.support, q.support  # panels for each support, since one may be much narrower
    edges = np.unique(np.concatenate([*(np.linspace(*ends, PANELS + 1) for ends in ranges), breaks]))
    half = np.diff(edges)[:, None] / 2
    return (edges[:-1, None] + half * (1 + NODES)).ravel(), (half * WEIGHTS).ravel()


def _same_dimension(p: Distribution, q: Distribution) -> None:
    if p.dimension != q.dimension:
        raise ValueError(f"{p.title} and {q.title} differ in dimension; choose two of the same.")
