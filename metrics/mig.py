"""Mutual information between single latent dimensions and the factors that made a picture, and the gap of the best two.

    I(z_j; v) = Σ_v p(v) ∫ q(z_j | v) log( q(z_j | v) / q(z_j) ) dz_j          nats
    MIG = mean over factors of  ( I of the best dimension − I of the second best ) / H(v)        Chen et al. 2018

q(z_j) is the aggregate posterior of all pictures and q(z_j | v) that of the pictures with a factor's class: mixtures of
the encoder's Gaussians, integrated on a grid that is finer than the narrowest of them. Nothing is sampled.
"""

import math

import torch

BLOCK = 128  # grid points at once: bounds the memory
FINEST = 20_000  # grid points at most


def mutual_information(mean, log_var, factors):
    """(latent, K) nats, float64: mean and log_var (N, latent) of the encoder's Gaussians, factors (N, K) classes.

    Every picture weighs the same. Raises ValueError where a Gaussian is so narrow that the grid would be too coarse.
    """
    groups, sizes = _indicators(factors)
    dimensions = zip(mean.double().T, log_var.double().T, strict=True)
    return torch.stack([_of_dimension(*dimension, groups, sizes) for dimension in dimensions])


def entropies(factors):
    """H(v) of every factor, (K,) nats."""
    found = []
    for column in factors.T:
        share = torch.bincount(column).double() / len(column)
        found.append(-(share[share > 0] * share[share > 0].log()).sum())
    return torch.stack(found)


def gaps(information, entropy):
    """(I_first − I_second) / H(v) of every factor, (K,): information (latent, K), entropy (K,); latent at least 2."""
    best = information.topk(2, dim=0).values
    return (best[0] - best[1]) / entropy


def mig(mean, log_var, factors):
    """The mutual information gap, a float in [0, 1]."""
    return gaps(mutual_information(mean, log_var, factors), entropies(factors)).mean().item()


def _indicators(factors):
    """Rows (V, N) that average over the pictures of each class of each factor, and the classes of every factor."""
    rows, sizes = [], []
    for column in factors.T:
        counts = torch.bincount(column)
        present = counts.nonzero()[:, 0]
        rows.append((column == present[:, None]).double() / counts[present, None])
        sizes.append(counts[present].double() / len(column))
    return torch.cat(rows), sizes


def _of_dimension(mean, log_var, groups, sizes):
    """I(z; v) of one dimension with every factor, (K,)."""
    deviation = (0.5 * log_var).exp()
    low, high = (mean - 7 * deviation).min(), (mean + 7 * deviation).max()
    # The sum over a grid is exact to 1e-8 for a Gaussian as wide as one step, and gets better very fast.
    count = math.ceil(((high - low) / deviation.min()).item()) + 2
    if not count <= FINEST:
        raise ValueError(f"A dimension with deviations down to {deviation.min():.2g} would need {count:,} grid points.")
    grid = torch.linspace(low, high, max(count, 400), dtype=torch.float64)
    found = torch.zeros(len(sizes), dtype=torch.float64)
    for z in grid.split(BLOCK):
        density = (-0.5 * ((z - mean[:, None]) / deviation[:, None]).square()).exp_().div_(deviation[:, None])
        density /= math.sqrt(2 * math.pi)
        every = density.mean(0).clamp(min=1e-300).log()
        ours = groups @ density
        parts = (torch.xlogy(ours, ours) - ours * every).sum(1)
        for k, part in enumerate(parts.split([len(size) for size in sizes])):
            found[k] += (sizes[k] * part).sum()
    return (found * (grid[1] - grid[0])).clamp(min=0)
