"""The density implied by a discriminator D that compares f₁ with a known density f₀: f₁ = f₀ · D / (1 − D).

At the maximum of E_f₁ log D + E_f₀ log(1 − D) the logit of D is log f₁ − log f₀ (Goodfellow et al. 2014, prop. 1).
All arrays are numpy's: grids (G,), logits (…, G). train.live.density trains the discriminators.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, log_expit

from data.toy import Distribution
from metrics.divergence import jsd

GRID = np.linspace(-6.0, 6.0, 241)  # covers all but 2e-9 of the mass of N(0, 1) and of tanh(2z + 1) + 0.75 z


def density_from_discriminator(logits: ArrayLike, base_density: ArrayLike) -> np.ndarray:
    """f̂₁ = f₀ · D / (1 − D) = f₀ · exp(logit), by the logit because D rounds to 1 where f₁ is much larger than f₀.

    logits (…, G) of D and f₀ (G,) at the same points -> (…, G). It need not integrate to one.
    """
    logits, base_density = np.asarray(logits, dtype=float), np.asarray(base_density, dtype=float)
    with np.errstate(divide="ignore"):  # log 0 = −∞ becomes a density of 0 again
        return np.exp(np.log(base_density) + logits)


def discriminator(logits: ArrayLike) -> np.ndarray:
    """D = 1 / (1 + exp(−logit)) in [0, 1], for logits of any shape."""
    return expit(logits)


def optimal_logits(f1: Distribution, f0: Distribution, grid: np.ndarray) -> np.ndarray:
    """log f₁ − log f₀ on a grid (G,): the logits of the optimal discriminator, ±∞ where one density is 0.

    Raises ValueError for a point mass.
    """
    with np.errstate(divide="ignore"):
        return np.log(f1.pdf(grid)) - np.log(f0.pdf(grid))


def optimal_value(f1: Distribution, f0: Distribution) -> float:
    """The maximum over D of E_f₁ log D + E_f₀ log(1 − D), in nats: 2 (JSD(f₁, f₀) − log 2)."""
    return 2 * (jsd(f1, f0) - np.log(2))


def value(real_logits: ArrayLike, fake_logits: ArrayLike) -> np.ndarray:
    """E_f₁ log D + E_f₀ log(1 − D) in nats from the logits of samples: (…, N) -> (…)."""
    return log_expit(real_logits).mean(-1) + log_expit(-np.asarray(fake_logits)).mean(-1)


def l1_error(estimate: ArrayLike, truth: ArrayLike, grid: np.ndarray) -> np.ndarray:
    """∫ |f̂₁ − f₁| dx by the trapezoidal rule: (…, G) -> (…); 2 for densities that do not overlap."""
    return np.trapezoid(np.abs(np.asarray(estimate) - np.asarray(truth)), grid, axis=-1)
