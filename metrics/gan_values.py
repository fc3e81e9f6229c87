"""What GAN losses come to when the discriminator is at its best, by quadrature; divergence.py has the other side.

p: the data, q: what the generator makes; distributions on the line with densities (data.toy). Discriminators are taken
at their best for every x on its own, so these are the values that an unlimited network would reach.
"""

import itertools

import numpy as np
from scipy.optimize import brentq

from metrics.divergence import quadrature

SMALLEST = 1e-300  # where a density underflows, its logarithm is that of this


def best_logits(p, q, x):
    """log p − log q: the logits of the discriminator that minimises BCE (Goodfellow et al. 2014, proposition 1)."""
    return np.log(np.maximum(p.density(x), SMALLEST)) - np.log(np.maximum(q.density(x), SMALLEST))


def bce_value(p, q):
    """The largest E_p log D + E_q log(1 − D), in nats: 2 JSD(p, q) − log 4 (Goodfellow et al. 2014, theorem 1)."""
    x, weights = quadrature(p, q)
    logits = best_logits(p, q, x)
    each = p.density(x) * np.logaddexp(0, -logits) + q.density(x) * np.logaddexp(0, logits)
    return -float((weights * each).sum())


def least_squares_best(p, q, x, fake, real):
    """The D that minimises ½ E_p (D − real)² + ½ E_q (D − fake)² at every x: (real · p + fake · q) / (p + q)."""
    share = 1 / (1 + np.exp(-np.clip(best_logits(p, q, x), -700, 700)))  # p / (p + q)
    return real * share + fake * (1 - share)


def least_squares_value(p, q, fake, real, wanted):
    """2C(G) = E_p (D − wanted)² + E_q (D − wanted)² at the best D (Mao et al. 2017, equation 5).

    fake, real, wanted: the paper's a, b, c. In general 2 k² + (real − fake)² / 4 · χ² with χ² = pearson(p, q) and
    k = (real − wanted) − (real − fake) / 2; where real − wanted = 1 and real − fake = 2 it is χ² itself.
    """
    x, weights = quadrature(p, q)
    squared = (least_squares_best(p, q, x, fake, real) - wanted) ** 2
    return float((weights * (p.density(x) + q.density(x)) * squared).sum())


def pearson(p, q):
    """χ²(p + q ‖ 2q) = ∫ (2q − (p + q))² / (p + q) dx, in the order of Mao et al. 2017, equation 8.

    Symmetric in p and q; 0 when they are equal, 2 when they do not overlap.
    """
    x, weights = quadrature(p, q)
    a, b = p.density(x), q.density(x)
    return float((weights * (b - a) ** 2 / np.maximum(a + b, SMALLEST)).sum())


def crossings(p, q):
    """Where the distribution functions cross inside the support, in order."""
    x, _ = quadrature(p, q)

    def difference(at):
        return p.cdf(at) - q.cdf(at)

    values = difference(x)
    values[np.abs(values) < 1e-13] = 0.0  # rounding in the tails is no crossing
    found = np.flatnonzero(values)
    changes = [(i, j) for i, j in itertools.pairwise(found) if values[i] * values[j] < 0]
    return np.array([brentq(difference, x[i], x[j], xtol=1e-14) for i, j in changes])


def best_critic(p, q, x):
    """T(x) of the critic with slope ±1 that tells p from q best: up where F_p < F_q, down where F_p > F_q.

    Kantorovich & Rubinstein 1958 on the line: E_p T − E_q T = −∫ T' (F_p − F_q) dx. T is 0 at the first crossing, or
    in the middle between the means where there is none.
    """
    kinks = crossings(p, q)
    low, high = min(p.support[0], q.support[0]), max(p.support[1], q.support[1])
    ends = np.concatenate([[low], kinks, [high]])
    middles = np.array([_most_apart(p, q, *ends[k : k + 2]) for k in range(len(ends) - 1)])
    slopes = -np.sign(p.cdf(middles) - q.cdf(middles))
    zero = kinks[0] if len(kinks) else (p.quantile(np.array(0.5)) + q.quantile(np.array(0.5))) / 2

    def rise(at):
        inside = np.clip(np.asarray(at, float)[..., None], ends[:-1], ends[1:]) - ends[:-1]
        # Beyond the support it goes on as straight as before.
        beyond = np.minimum(np.asarray(at) - low, 0) * slopes[0] + np.maximum(np.asarray(at) - high, 0) * slopes[-1]
        return (inside * slopes).sum(-1) + beyond

    return rise(x) - rise(zero)


def critic_value(p, q):
    """E_p T − E_q T of the best critic: the Wasserstein-1 distance, in units of x."""
    x, weights = quadrature(p, q, crossings(p, q))
    return float((weights * best_critic(p, q, x) * (p.density(x) - q.density(x))).sum())


def _most_apart(p, q, low, high):
    """A place in (low, high) where the distribution functions differ, far from where they meet."""
    at = np.linspace(low, high, 513)
    return at[np.argmax(np.abs(p.cdf(at) - q.cdf(at)))]
