"""A mixture of Gaussians over codes: the second stage of a VAE whose codes do not fill the prior."""

from typing import Any

import torch


class Mixture:
    """Σₖ weightₖ N(meanₖ, FₖFₖᵀ) over codes of D dimensions.

    weights (K,) that sum to 1, means (K, D), factors (K, D, D) lower triangular with a positive diagonal, as tensors or
    arrays. Raises ValueError if their shapes do not fit. A VAE's samples follow the data only if the aggregate
    posterior of its codes is the prior; otherwise codes sampled from a density fitted to them give better pictures
    (Dai & Wipf 2019, section 4, with a second VAE).
    """

    def __init__(self, weights: Any, means: Any, factors: Any):
        self.weights, self.means, self.factors = (torch.as_tensor(t) for t in (weights, means, factors))
        k, d = self.means.shape
        if self.weights.shape != (k,) or self.factors.shape != (k, d, d):
            raise ValueError(f"{k} means of {d} dimensions need weights ({k},) and factors ({k}, {d}, {d}).")

    def sample(self, noise: Any, u: Any) -> torch.Tensor:
        """Codes (N, D) from noise (N, D) ~ N(0, I) and u (N,) uniform in [0, 1), which picks the component."""
        noise, u = torch.as_tensor(noise), torch.as_tensor(u)
        # The weights sum to 1 only up to rounding, so the last component gets the rest.
        component = torch.searchsorted(self.weights.cumsum(0)[:-1].contiguous(), u.to(self.weights.dtype), right=True)
        codes = torch.empty(noise.shape, dtype=self.means.dtype)
        for k in component.unique().tolist():
            rows = component == k
            codes[rows] = noise[rows].to(self.means.dtype) @ self.factors[k].T + self.means[k]
        return codes
