"""The density that a discriminator knows: D against a base f₀ whose density is known gives f₁ = f₀ · D / (1 − D).

At the maximum of E_f₁ log D + E_f₀ log(1 − D) the logit of D is log f₁ − log f₀ (Goodfellow et al. 2014, prop. 1).
Everything here is numpy: grids (G,), logits (…, G). train.live.density trains the discriminators.
"""

import numpy as np
from scipy.special import expit, log_expit

from metrics.divergence import expectation, jsd

GRID = np.linspace(-6.0, 6.0, 241)  # holds all but 1e-9 of N(0, 1) and of distribution 4


def density_from_discriminator(logits, base_density):
    """f̂₁ = f₀ · D / (1 − D) = f₀ · exp(logit): D itself rounds to 1 where f₁ is much larger, its logit does not.

    logits (…, G) of D and f₀ (G,) at the same points -> (…, G). Nothing makes it integrate to one: `mass` tells.
    """
    logits, base_density = np.asarray(logits, dtype=float), np.asarray(base_density, dtype=float)
    with np.errstate(divide="ignore"):  # log 0 = −∞ gives back a density of 0
        return np.exp(np.log(base_density) + logits)


def discriminator(logits):
    """D = 1 / (1 + exp(−logit))."""
    return expit(logits)


def optimal_logits(f1, f0, grid):
    """log f₁ − log f₀ on a grid (G,): the logits of the best discriminator, ±∞ where one density is 0."""
    with np.errstate(divide="ignore"):
        return np.log(f1.density(grid)) - np.log(f0.density(grid))


def optimal_value(f1, f0):
    """The largest E_f₁ log D + E_f₀ log(1 − D), in nats: 2 (JSD(f₁, f₀) − log 2)."""
    return 2 * (jsd(f1, f0) - np.log(2))


def value(real_logits, fake_logits):
    """E_f₁ log D + E_f₀ log(1 − D) over logits of samples (…, N) -> (…)."""
    return log_expit(real_logits).mean(-1) + log_expit(-np.asarray(fake_logits)).mean(-1)


def l1_error(estimate, truth, grid):
    """∫ |f̂₁ − f₁| dx by the trapezoidal rule: (…, G) -> (…); 2 for densities that do not overlap."""
    return np.trapezoid(np.abs(np.asarray(estimate) - truth), grid, axis=-1)


def mass(estimate, grid):
    """∫ f̂₁ dx over the grid: how far the estimate is from a density."""
    return np.trapezoid(estimate, grid, axis=-1)


def moments(distribution):
    """Mean and variance of a distribution with a density, by quadrature."""
    mean = expectation(distribution, lambda x: x)
    return mean, expectation(distribution, lambda x: (x - mean) ** 2)
