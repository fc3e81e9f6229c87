"""Kernel Inception distance: the squared maximum mean discrepancy with a cubic kernel, without bias in n."""

import torch

from metrics.frechet import Table, checked

SUBSETS = 50
LARGEST = 500  # samples of a subset


def subset_size(count: int) -> int:
    """Samples in each subset of `count`: half of them, so that the subsets differ, and 500 at most."""
    return min(LARGEST, max(2, count // 2))


def kid(x: Table, y: Table, *, subsets: int = SUBSETS, seed: int = 0) -> tuple[float, float]:
    """(mean, standard deviation) over subsets of MMD² with k(a, b) = (a·b / d + 1)³ (Bińkowski et al. 2018).

    x (N, d), y (M, d) features; a subset has subset_size(min(N, M)) of each. The deviation is that of one subset; that
    of the mean is smaller by √subsets at most, since subsets overlap. May be below 0, since it has no bias.
    Raises ValueError with fewer than 2 samples, and for features of different widths.
    """
    x, y = checked(x), checked(y)
    if x.shape[1] != y.shape[1]:
        raise ValueError(f"Features of {x.shape[1]} and of {y.shape[1]} numbers cannot be compared.")
    count = min(len(x), len(y))
    if count < 2:
        raise ValueError(f"KID needs at least two samples of each, not {count}.")
    size, generator = subset_size(count), torch.Generator().manual_seed(seed)

    def pick(t: torch.Tensor) -> torch.Tensor:
        return t[torch.randperm(len(t), generator=generator)[:size]]

    values = torch.stack([mmd2(pick(x), pick(y)) for _ in range(subsets)])
    return values.mean().item(), values.std().item() if subsets > 1 else float("nan")


def mmd2(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Unbiased MMD² of two samples (n, d) and (m, d) with the cubic kernel: a scalar (Gretton et al. 2012, eq. 3)."""
    n, d = x.shape
    m = len(y)
    xx, yy, xy = ((a @ b.T / d + 1) ** 3 for a, b in ((x, x), (y, y), (x, y)))
    within = (xx.sum() - xx.trace()) / (n * (n - 1)) + (yy.sum() - yy.trace()) / (m * (m - 1))
    return within - 2 * xy.mean()
