"""Values of GAN losses at the optimal discriminator, by quadrature; divergence.py has the divergences they equal.

p: the data, q: the generator; one-dimensional distributions with densities (data.toy), otherwise ValueError. The
discriminator is optimal at every x separately, as a network of unlimited capacity would be.
"""

import itertools

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import expit

from data.toy import Distribution
from metrics.divergence import quadrature

SMALLEST = 1e-300  # least density whose logarithm is taken: where a density underflows, it would be −∞


def best_logits(p: Distribution, q: Distribution, x: np.ndarray) -> np.ndarray:
    """log p − log q at x (G,): logits (G,) of the discriminator with least BCE (Goodfellow et al. 2014, prop. 1)."""
    return np.log(np.maximum(p.pdf(x), SMALLEST)) - np.log(np.maximum(q.pdf(x), SMALLEST))


def bce_value(p: Distribution, q: Distribution) -> float:
    """max over D of E_p log D + E_q log(1 − D), in nats: 2 JSD(p, q) − log 4 (Goodfellow et al. 2014, theorem 1)."""
    x, weights = quadrature(p, q)
    logits = best_logits(p, q, x)
    each = p.pdf(x) * np.logaddexp(0, -logits) + q.pdf(x) * np.logaddexp(0, logits)
    return -float((weights * each).sum())


def least_squares_best(p: Distribution, q: Distribution, x: np.ndarray, fake: float, real: float) -> np.ndarray:
    """The D that minimises ½ E_p (D − real)² + ½ E_q (D − fake)² at every x: (real · p + fake · q) / (p + q).

    x (G,) -> (G,). Mao et al. 2017 derive their divergence from it; their b and a are `real` and `fake`.
    """
    share = expit(best_logits(p, q, x))  # p / (p + q)
    return real * share + fake * (1 - share)


def least_squares_value(p: Distribution, q: Distribution, fake: float, real: float, wanted: float) -> float:
    """2C(G) = E_p (D − wanted)² + E_q (D − wanted)² at the best D (Mao et al. 2017).

    fake, real, wanted: the paper's a, b, c. In general 2 k² + (real − fake)² / 4 · χ² with χ² = pearson(p, q) and
    k = (real − wanted) − (real − fake) / 2; for real − wanted = 1 and real − fake = 2 it is χ² itself.
    """
    x, weights = quadrature(p, q)
    squared = (least_squares_best(p, q, x, fake, real) - wanted) ** 2
    return float((weights * (p.pdf(x) + q.pdf(x)) * squared).sum())


def pearson(p: Distribution, q: Distribution) -> float:
    """χ²(p + q ‖ 2q) = ∫ (2q − (p + q))² / (p + q) dx, with the arguments in the order of Mao et al. 2017.

    Symmetric in p and q; 0 if they are equal, 2 if they do not overlap.
    """
    x, weights = quadrature(p, q)
    a, b = p.pdf(x), q.pdf(x)
    return float((weights * (b - a) ** 2 / np.maximum(a + b, SMALLEST)).sum())


def crossings(p: Distribution, q: Distribution) -> np.ndarray:
    """The x (K,) inside the support where the distribution functions cross, in increasing order."""
    x, _ = quadrature(p, q)

    def difference(at: ArrayLike) -> np.ndarray:
        return p.cdf(at) - q.cdf(at)

    values = difference(x)
    values[np.abs(values) < 1e-13] = 0.0  # rounding errors in the tails are not crossings
    changes = [(i, j) for i, j in itertools.pairwise(np.flatnonzero(values)) if values[i] * values[j] < 0]
    return np.array([brentq(difference, x[i], x[j], xtol=1e-14) for i, j in changes])


def best_critic(p: Distribution, q: Distribution, x: ArrayLike) -> np.ndarray:
    """T(x) of the critic of slope ±1 that maximises E_p T − E_q T: rising where F_p < F_q, falling where F_p > F_q.

    x of any shape; T(x) has the same shape and units.

    Kantorovich & Rubinstein 1958 in one dimension: E_p T − E_q T = −∫ T' (F_p − F_q) dx. T is 0 at the first crossing,
    or midway between the medians if there is none.
    """
    kinks = crossings(p, q)
    low, high = min(p.support[0], q.support[0]), max(p.support[1], q.support[1])
    ends = np.concatenate([[low], kinks, [high]])
    middles = np.array([_most_apart(p, q, *ends[k : k + 2]) for k in range(len(ends) - 1)])
    slopes = -np.sign(p.cdf(middles) - q.cdf(middles))
    zero = kinks[0] if len(kinks) else (p.quantile(np.array(0.5)) + q.quantile(np.array(0.5))) / 2

    def rise(at: ArrayLike) -> np.ndarray:
        inside = np.clip(np.asarray(at, float)[..., None], ends[:-1], ends[1:]) - ends[:-1]
        # Outside the support, T continues with the slope at the end.
        beyond = np.minimum(np.asarray(at) - low, 0) * slopes[0] + np.maximum(np.asarray(at) - high, 0) * slopes[-1]
        return (inside * slopes).sum(-1) + beyond

    return rise(x) - rise(zero)


def critic_value(p: Distribution, q: Distribution) -> float:
    """E_p T − E_q T of the best critic: the Wasserstein-1 distance, in units of x."""
    x, weights = quadrature(p, q, crossings(p, q))
    return float((weights * best_critic(p, q, x) * (p.pdf(x) - q.pdf(x))).sum())


def _most_apart(p: Distribution, q: Distribution, low: float, high: float) -> float:
    """The x, of 513 in (low, high), where the distribution functions differ most."""
    at = np.linspace(low, high, 513)
    return at[np.argmax(np.abs(p.cdf(at) - q.cdf(at)))]
