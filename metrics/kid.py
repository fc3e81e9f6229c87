"""Kernel Inception distance: the squared maximum mean discrepancy with a cubic kernel, without bias in n.

Over all pairs. Bińkowski et al. 2018 average random subsets of 1,000, which has the same expectation, saves memory, and
adds the scatter of the choice.
"""

from collections.abc import Callable

import torch

from metrics.frechet import Table, checked

HELD = 3000  # rows of a table of which `of_rows` holds all kernels, 72 MB
ROWS = 500  # of a table whose kernels are computed at once


def kid(x: Table, y: Table) -> float:
    """MMD² of features x (N, d) and y (M, d) with k(a, b) = (a·b / d + 1)³ (Gretton et al. 2012, equation 3).

    May be below 0, since it has no bias. Raises ValueError with fewer than 2 samples on a side, and for features of
    different widths.
    """
    x, y = _checked(x, y)
    return _within(x) + _within(y) - 2 * _kernels(x, y).mean().item()


def of_rows(x: Table, y: Table) -> Callable[[torch.Tensor], float]:
    """The function rows -> kid(x[rows], y) for rows (N,) of x, such as those of a resample: much faster, since the mean
    kernels of every row are computed once, and where x is small its kernels, too."""
    x, y = _checked(x, y)
    theirs, across = _within(y), _kernels(x, y)
    table = torch.cat([_kernel(part, x) for part in x.split(ROWS)]) if len(x) <= HELD else None

    def of(rows: torch.Tensor) -> float:
        if table is None:
            return _within(x[rows]) + theirs - 2 * across[rows].mean().item()
        counts = torch.bincount(rows, minlength=len(x)).to(x.dtype)
        within = (counts @ table @ counts - counts @ table.diag()) / (len(rows) * (len(rows) - 1))
        return (within + theirs - 2 * across[rows].mean()).item()

    return of


def _checked(x, y):
    x, y = checked(x), checked(y)
    if x.shape[1] != y.shape[1]:
        raise ValueError(f"Features of {x.shape[1]} and of {y.shape[1]} numbers cannot be compared.")
    if (count := min(len(x), len(y))) < 2:
        raise ValueError(f"KID needs at least two samples of each, not {count}.")
    return x, y


def _kernel(a, b):
    base = (a @ b.T).div_(a.shape[1]).add_(1)
    return base.square().mul_(base)  # a power of 3 takes twice as long


def _kernels(x, y):
    """The mean kernel of every row of x (N, d) with those of y (M, d): (N,)."""
    return torch.cat([_kernel(part, y).mean(1) for part in x.split(ROWS)])


def _within(x):
    """The mean kernel over pairs of different rows of x (N, d)."""
    itself = ((x.square().sum(1) / x.shape[1] + 1) ** 3).sum()
    parts = x.split(ROWS)
    total = sum(_kernel(one, one).sum() for one in parts) - itself
    for number, one in enumerate(parts):  # the others stand on either side of the diagonal
        total += 2 * sum(_kernel(one, other).sum() for other in parts[number + 1 :])
    return (total / (len(x) * (len(x) - 1))).item()
