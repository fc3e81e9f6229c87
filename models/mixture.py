"""A mixture of Gaussians over codes: the second stage of a VAE whose codes do not fill the prior."""

import math

import torch


class Mixture:
    """Σₖ weightₖ N(meanₖ, FₖFₖᵀ) over codes of D dimensions.

    weights (K,) that sum to 1, means (K, D), factors (K, D, D) lower triangular with a positive diagonal. A VAE's
    samples follow its prior only where the mean posterior does; where it does not, codes drawn from a density fitted
    to the codes decode better (Dai & Wipf 2019, section 4, there with a second VAE).
    """

    def __init__(self, weights, means, factors):
        self.weights, self.means, self.factors = (torch.as_tensor(t) for t in (weights, means, factors))
        k, d = self.means.shape
        if self.weights.shape != (k,) or self.factors.shape != (k, d, d):
            raise ValueError(f"{k} means of {d} dimensions need weights ({k},) and factors ({k}, {d}, {d}).")

    def sample(self, noise, u):
        """Codes (N, D) from noise (N, D) ~ N(0, I) and u (N,) uniform in [0, 1), which picks the component."""
        noise, u = torch.as_tensor(noise), torch.as_tensor(u)
        # The weights sum to 1 up to rounding: the last component takes what is left.
        component = torch.searchsorted(self.weights.cumsum(0)[:-1].contiguous(), u.to(self.weights.dtype), right=True)
        codes = torch.empty(noise.shape, dtype=self.means.dtype)
        for k in component.unique().tolist():
            rows = component == k
            codes[rows] = noise[rows].to(self.means.dtype) @ self.factors[k].T + self.means[k]
        return codes

    def log_prob(self, z):
        """(N,) nats of codes (N, D)."""
        densities = []
        for weight, mean, factor in zip(self.weights, self.means, self.factors, strict=True):
            white = torch.linalg.solve_triangular(factor, (z - mean).T, upper=False)
            constant = weight.log() - factor.diagonal().log().sum() - 0.5 * len(mean) * math.log(2 * math.pi)
            densities.append(constant - 0.5 * white.square().sum(0))
        return torch.stack(densities).logsumexp(0)
