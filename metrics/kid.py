"""Kernel Inception distance: the squared maximum mean discrepancy with a cubic kernel, without bias in n."""

from collections.abc import Callable

import torch

from metrics.frechet import Table, checked

SUBSETS = 50
LARGEST = 500  # samples of a subset
TABLE = 3000  # samples of which `of_rows` holds all pairs: with more it would take longer than without


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
    values = torch.stack([mmd2(x[own], y[other]) for own, other in _subsets(x, y, subsets, seed)])
    return values.mean().item(), values.std().item() if subsets > 1 else float("nan")


def of_rows(x: Table, y: Table, *, subsets: int = SUBSETS, seed: int = 0) -> Callable[[torch.Tensor], float]:
    """The function rows -> kid(x[rows], y)[0] for rows (N,) of x, such as those of a resample: much faster, since the
    kernel of all pairs is computed once."""
    x, y = checked(x), checked(y)
    if len(x) > TABLE:
        return lambda rows: kid(x[rows], y, subsets=subsets, seed=seed)[0]
    own, other = map(torch.stack, zip(*_subsets(x, y, subsets, seed), strict=True))  # (subsets, size) each
    table, size = _kernel(x, x), own.shape[1]
    theirs = torch.stack([_within(y[rows]) for rows in other])
    across = torch.stack([_kernel(x, y[rows]).mean(1) for rows in other])

    def of(rows: torch.Tensor) -> float:
        counts = torch.zeros_like(across).scatter_add_(1, rows[own], torch.ones_like(own, dtype=x.dtype))
        within = ((counts @ table * counts).sum(1) - counts @ table.diag()) / (size * (size - 1))
        return (within + theirs - 2 * (counts * across).sum(1) / size).mean().item()

    return of


def _subsets(x, y, subsets, seed):
    """[(rows of x, rows of y)] of each subset."""
    if x.shape[1] != y.shape[1]:
        raise ValueError(f"Features of {x.shape[1]} and of {y.shape[1]} numbers cannot be compared.")
    count = min(len(x), len(y))
    if count < 2:
        raise ValueError(f"KID needs at least two samples of each, not {count}.")
    size, generator = subset_size(count), torch.Generator().manual_seed(seed)

    def pick(t):
        return torch.randperm(len(t), generator=generator)[:size]

    return [(pick(x), pick(y)) for _ in range(subsets)]


def mmd2(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Unbiased MMD² of two samples (n, d) and (m, d) with the cubic kernel: a scalar (Gretton et al. 2012, eq. 3)."""
    return _within(x) + _within(y) - 2 * _kernel(x, y).mean()


def _kernel(a, b):
    return (a @ b.T / a.shape[1] + 1) ** 3


def _within(a):
    """The mean of the kernel over pairs of different rows."""
    pairs = _kernel(a, a)
    return (pairs.sum() - pairs.trace()) / (len(a) * (len(a) - 1))
