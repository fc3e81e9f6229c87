"""Exact Jensen-Shannon divergence and Wasserstein-1 distance of toy distributions (data.toy), by quadrature.

With independent coordinates and the same second one, both are those of the first coordinate: the divergence by its
chain rule, the distance because mass need not move along the second axis. JSD in nats, distance in units of x.
"""

import numpy as np

LOG2 = float(np.log(2))
NODES, WEIGHTS = np.polynomial.legendre.leggauss(8)
PANELS = 64  # between lowest and highest point; with 8 nodes each, smooth integrands come out to 1e-9


def jsd(p, q):
    """½ KL(p ‖ r) + ½ KL(q ‖ r) with r = (p + q) / 2, in nats: 0 when equal, log 2 when disjoint.

    Raises ValueError when p and q differ in dimension.
    """
    _same_dimension(p, q)
    if p.density is None and q.density is None:
        return 0.0 if p.quantile(0.5) == q.quantile(0.5) else LOG2
    if p.density is None or q.density is None:
        return LOG2  # a point has no mass under a density
    x, weights = quadrature(p, q)
    a, b = p.density(x), q.density(x)
    return float((weights * (_half_kl(a, (a + b) / 2) + _half_kl(b, (a + b) / 2))).sum())


def wasserstein(p, q):
    """W₁ = ∫ |F_p − F_q| dx, which in one dimension is the least mean distance that the mass must move.

    Raises ValueError when p and q differ in dimension.
    """
    _same_dimension(p, q)
    x, _ = quadrature(p, q)
    difference = p.cdf(x) - q.cdf(x)
    # Where the cdfs cross, the integrand has a kink: cut the integral there.
    i = np.flatnonzero(difference[:-1] * difference[1:] < 0)
    crossings = x[i] - difference[i] * (x[i + 1] - x[i]) / (difference[i + 1] - difference[i])
    x, weights = quadrature(p, q, crossings)
    return float((weights * np.abs(p.cdf(x) - q.cdf(x))).sum())


def curves(p, q, thetas):
    """Exact values over θ with q_θ = q moved by θ along the first axis: {column: array like thetas}.

    jsd, wasserstein, and their derivatives in θ (jsd_gradient, wasserstein_gradient), which are what a generator whose
    parameter is θ would feel; at a kink that is the mean of both sides, and NaN where the divergence jumps.
    """

    def over(distance, shift=0.0):
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


def expectation(distribution, function):
    """E function(x) of the first coordinate of a distribution with a density; function takes and returns arrays."""
    x, weights = quadrature(distribution, distribution)
    return float((weights * distribution.density(x) * function(x)).sum())


def penalised(distance, penalty):
    """What a critic of two points `distance` apart reaches at best under λ (‖∇T‖ − 1)²: (raw difference, objective).

    On a segment of length W the best slope s maximises sW − λ(s − 1)²: s = 1 + W / 2λ. The raw difference is W + W²/2λ
    and the objective W + W²/4λ; the raw difference divided by the slope is W again.
    """
    distance = np.asarray(distance, dtype=float)
    return distance + distance**2 / (2 * penalty), distance + distance**2 / (4 * penalty)


def _half_kl(a, r):
    """½ a log(a / r), 0 where a is 0."""
    return 0.5 * np.where(a > 0, a * np.log(np.where(a > 0, a, 1) / np.where(r > 0, r, 1)), 0.0)


def quadrature(p, q, extra=()):
    """Nodes and weights over both supports: Gauss-Legendre on panels that end at every break."""
    low, high = min(p.support[0], q.support[0]), max(p.support[1], q.support[1])
    breaks = [b for b in (*p.breaks, *q.breaks, *p.support, *q.support, *extra) if low <= b <= high]
    edges = np.unique(np.concatenate([np.linspace(low, high, PANELS + 1), breaks]))
    half = np.diff(edges)[:, None] / 2
    return (edges[:-1, None] + half * (1 + NODES)).ravel(), (half * WEIGHTS).ravel()


def _same_dimension(p, q):
    if p.dimension != q.dimension:
        raise ValueError(f"{p.title} and {q.title} differ in dimension; choose two of the same.")
