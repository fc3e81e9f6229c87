"""Kernel Inception distance: the squared maximum mean discrepancy with a cubic kernel, without bias in n."""

import torch

from metrics.frechet import Table, checked


def kid(x: Table, y: Table, *, subsets: int = 50, size: int = 1000, seed: int = 0) -> tuple[float, float]:
    """(mean, standard deviation) over subsets of MMD² with k(a, b) = (a·b / d + 1)³ (Bińkowski et al. 2018).

    x (N, d), y (M, d); every subset has `size` of each, or as many as there are. The deviation is that of one subset;
    that of the mean is smaller. May be below 0, since it has no bias. Raises ValueError with fewer than 2 samples.
    """
    x, y = checked(x), checked(y)
    if x.shape[1] != y.shape[1]:
        raise ValueError(f"Features of {x.shape[1]} and of {y.shape[1]} numbers cannot be compared.")
    size = min(size, len(x), len(y))
    if size < 2:
        raise ValueError(f"KID needs at least two samples of each, not {size}.")
    generator = torch.Generator().manual_seed(seed)

    def pick(t: torch.Tensor) -> torch.Tensor:
        return t[torch.randperm(len(t), generator=generator)[:size]]

    values = torch.stack([mmd2(pick(x), pick(y)) for _ in range(subsets)])
    return values.mean().item(), values.std().item() if subsets > 1 else float("nan")


def mmd2(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Unbiased MMD² of two samples (n, d) with the cubic kernel: a scalar tensor (Gretton et al. 2012, equation 3)."""
    n, d = x.shape
    m = len(y)
    xx, yy, xy = ((a @ b.T / d + 1) ** 3 for a, b in ((x, x), (y, y), (x, y)))
    within = (xx.sum() - xx.trace()) / (n * (n - 1)) + (yy.sum() - yy.trace()) / (m * (m - 1))
    return within - 2 * xy.mean()
