"""The smallest VAE: one latent number, an affine decoder, and closed forms for everything.

p(z) = N(0, 1), p(x|z) = N(a z + b, s²) and q(z|x) = N(mean, sd²). The posterior is a Gaussian as well (Bishop 2006,
section 2.3.3), so that log p(x), the ELBO and the gap between them have closed forms. All values in nats.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from data import toy
from metrics.divergence import expectation


@dataclass(frozen=True)
class LinearGaussian:
    """p(x|z) = N(a z + b, s²) with slope a, offset b, noise s. Raises ValueError if s is not positive."""

    slope: float
    offset: float
    noise: float

    def __post_init__(self):
        if not self.noise > 0:
            raise ValueError(f"The noise s must be positive, not {self.noise}.")

    def log_px(self, x: float) -> float:
        """log p(x) = log N(x; b, a² + s²), with z integrated out, in nats."""
        return log_normal(x, self.offset, math.hypot(self.slope, self.noise))

    def posterior(self, x: float) -> tuple[float, float]:
        """(mean, sd) of p(z|x): a(x − b) / (a² + s²) and s / √(a² + s²)."""
        return self.best(x, 1.0)

    def reconstruction(self, x: float, mean: float, sd: float) -> float:
        """E_q log p(x|z) = log N(x; a mean + b, s²) − a² sd² / 2s², in nats."""
        loss = (self.slope * sd / self.noise) ** 2 / 2
        return log_normal(x, self.slope * mean + self.offset, self.noise) - loss

    def elbo(self, x: float, mean: float, sd: float) -> float:
        """E_q log p(x|z) − KL(q ‖ p(z)) in nats (Kingma & Welling 2013, equation 3)."""
        return self.reconstruction(x, mean, sd) - kl(mean, sd)

    def best(self, x: float, beta: float) -> tuple[float, float]:
        """(mean, sd) of the q that maximises E_q log p(x|z) − β KL(q ‖ p(z)), β > 0.

        The objective divided by β is an ELBO with s² β in place of s², so this is the posterior for that noise.
        """
        noise = self.noise * math.sqrt(beta)
        length = math.hypot(self.slope, noise)
        return self.slope * (x - self.offset) / length**2, noise / length


def kl(mean: float, sd: float, other_mean: float = 0.0, other_sd: float = 1.0) -> float:
    """KL(N(mean, sd²) ‖ N(other_mean, other_sd²)) in nats."""
    ratio = sd / other_sd
    return ((ratio**2 - 1) + ((mean - other_mean) / other_sd) ** 2) / 2 - math.log(ratio)


def log_normal(x: Any, mean: Any, sd: float) -> Any:
    """log N(x; mean, sd²) in nats, for numbers or arrays."""
    return -(((x - mean) / sd) ** 2) / 2 - math.log(sd * math.sqrt(2 * math.pi))


def integrals(model: LinearGaussian, x: float, mean: float, sd: float) -> dict[str, float]:
    """The same values, in nats, by integrating over z instead of closed forms.

    {"log_px", "reconstruction", "kl_prior", "elbo", "kl_posterior"}; the posterior's density is p(x|z) p(z) / p(x)
    with p(x) by integration.
    """
    q, prior = toy.gaussian(mean, sd), toy.gaussian(0, 1)

    def log_likelihood(z: np.ndarray) -> np.ndarray:
        return log_normal(x, model.slope * z + model.offset, model.noise)

    def log_ratio(z: np.ndarray) -> np.ndarray:
        return log_normal(z, mean, sd) - log_normal(z, 0, 1)

    log_px = math.log(expectation(prior, lambda z: np.exp(log_likelihood(z))))
    return {
        "log_px": log_px,
        "reconstruction": expectation(q, log_likelihood),
        "kl_prior": expectation(q, log_ratio),
        "elbo": expectation(q, lambda z: log_likelihood(z) - log_ratio(z)),
        "kl_posterior": expectation(q, lambda z: log_ratio(z) - log_likelihood(z) + log_px),
    }
