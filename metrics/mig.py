"""Mutual information between single latent dimensions and the generating factors, and the gap between the best two.

    I(z_j; v) = Σ_v p(v) ∫ q(z_j | v) log( q(z_j | v) / q(z_j) ) dz_j          nats
    MIG = mean over factors of  ( I of the best dimension − I of the second best ) / H(v)        Chen et al. 2018

q(z_j) is the aggregate posterior of all pictures and q(z_j | v) that of the pictures with factor value v: mixtures of
the encoder's Gaussians, integrated on a grid finer than the narrowest of them. Nothing is sampled.
"""

import math
from collections.abc import Sequence

import torch

BLOCK = 128  # grid points at once, which bounds the memory
FINEST = 20_000  # grid points at most


def mutual_information(mean: torch.Tensor, log_var: torch.Tensor, factors: torch.Tensor) -> torch.Tensor:
    """I(z_j; v) for all pairs, (latent, K) float64 in nats.

    mean and log_var (N, latent) of the encoder's Gaussians, factors (N, K) int64 classes; all pictures are equally
    likely. Raises ValueError if a Gaussian is so narrow that the grid would be too large.
    """
    groups, sizes = _indicators(factors)
    dimensions = zip(mean.double().T, log_var.double().T, strict=True)
    return torch.stack([_of_dimension(*dimension, groups, sizes) for dimension in dimensions])


def entropies(factors: torch.Tensor) -> torch.Tensor:
    """H(v) of every factor, (K,) in nats; factors (N, K) int64 classes."""
    shares = (torch.bincount(column).double() / len(column) for column in factors.T)
    return torch.stack([torch.special.entr(share).sum() for share in shares])


def gaps(information: torch.Tensor, entropy: torch.Tensor) -> torch.Tensor:
    """(I_first − I_second) / H(v) of every factor, (K,): information (latent, K), entropy (K,); latent at least 2.

    Raises ValueError for a factor of one class, whose entropy is 0.
    """
    if not (entropy > 0).all():
        raise ValueError("A factor of one class has no information that a dimension could know.")
    best = information.topk(2, dim=0).values
    return (best[0] - best[1]) / entropy


def mig(mean: torch.Tensor, log_var: torch.Tensor, factors: torch.Tensor) -> float:
    """The mutual information gap in [0, 1]: mean, log_var (N, latent), factors (N, K) as for mutual_information.

    Raises ValueError like `mutual_information` and `gaps`.
    """
    return gaps(mutual_information(mean, log_var, factors), entropies(factors)).mean().item()


def _indicators(factors: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Rows (V, N) that average over the pictures of each class of each factor, and each factor's class shares."""
    rows, sizes = [], []
    for column in factors.T:
        counts = torch.bincount(column)
        present = counts.nonzero()[:, 0]
        rows.append((column == present[:, None]).double() / counts[present, None])
        sizes.append(counts[present].double() / len(column))
    return torch.cat(rows), sizes


def _of_dimension(
    mean: torch.Tensor, log_var: torch.Tensor, groups: torch.Tensor, sizes: Sequence[torch.Tensor]
) -> torch.Tensor:
    """I(z; v) of one dimension with every factor, (K,)."""
    deviation = (0.5 * log_var).exp()
    low, high = (mean - 7 * deviation).min(), (mean + 7 * deviation).max()
    # The sum over a grid is exact to 1e-8 for a Gaussian whose deviation is one step, and better for wider ones.
    steps = ((high - low) / deviation.min()).item()
    if not steps + 2 <= FINEST:  # "not <=" also catches NaN
        raise ValueError(
            f"A dimension with deviations down to {deviation.min():.2g} would need {steps:,.0f} grid points."
        )
    grid = torch.linspace(low, high, max(math.ceil(steps) + 2, 400), dtype=torch.float64, device=mean.device)
    total = torch.zeros(len(sizes), dtype=torch.float64, device=mean.device)
    for z in grid.split(BLOCK):
        density = (-0.5 * ((z - mean[:, None]) / deviation[:, None]).square()).exp_().div_(deviation[:, None])
        density /= math.sqrt(2 * math.pi)
        log_marginal = density.mean(0).clamp(min=1e-300).log()
        conditional = groups @ density
        parts = (torch.xlogy(conditional, conditional) - conditional * log_marginal).sum(1)
        for k, part in enumerate(parts.split([len(size) for size in sizes])):
            total[k] += (sizes[k] * part).sum()
    return (total * (grid[1] - grid[0])).clamp(min=0)
