"""Kernel Inception distance: the squared maximum mean discrepancy with a cubic kernel, an unbiased estimate.

It uses all pairs. Bińkowski et al. 2018 average over random subsets of 1,000, which has the same expectation, saves
memory, and adds the variance of the subsets.
"""

from collections.abc import Callable

import torch

from metrics.frechet import Table, checked

HELD = 3000  # up to this many rows, `kid_of_rows` keeps all kernels within a table, 72 MB
ROWS = 500  # of a table, whose kernels are computed at once


class Real:
    """The real side of a KID, to be compared with several samples: features (M, d) and the mean kernel within them.

    Raises ValueError as `kid` does for y.
    """

    def __init__(self, y: Table) -> None:
        self.table = _checked(y)
        self.within = _within(self.table)


def kid(x: Table, y: Table | Real) -> float:
    """MMD² of features x (N, d) and y (M, d) with k(a, b) = (a·b / d + 1)³ (Bińkowski et al. 2018; Gretton et al. 2012,
    equation 3).

    In units of k, and sometimes negative, since it is unbiased. Raises ValueError for fewer than 2 samples on a side,
    for features of different widths, and for NaN or infinite ones.
    """
    x, real = _sides(x, y)
    return _within(x) + real.within - 2 * _kernels(x, real.table).mean().item()


def kid_of_rows(x: Table, y: Table | Real) -> tuple[float, Callable[[torch.Tensor], float]]:
    """(kid(x, y), a function rows -> kid(x[rows], y)), where rows (N,) are indices into x, such as a resample.

    The function is much faster than `kid`, since the mean kernel of every row with y is computed only once, and for a
    small x also all kernels within x. Raises ValueError as `kid` does.
    """
    x, real = _sides(x, y)
    across = _kernels(x, real.table)
    table = torch.cat([_kernel(part, x) for part in x.split(ROWS)]) if len(x) <= HELD else None

    def of(rows: torch.Tensor) -> float:
        if table is None:
            within = _within(x[rows])
        else:
            counts, pairs = torch.bincount(rows, minlength=len(x)).to(x.dtype), len(rows) * (len(rows) - 1)
            within = ((counts @ table @ counts - counts @ table.diag()) / pairs).item()
        return within + real.within - 2 * across[rows].mean().item()

    return _within(x) + real.within - 2 * across.mean().item(), of


def _sides(x, y):
    x, real = _checked(x), y if isinstance(y, Real) else Real(y)
    if x.shape[1] != (width := real.table.shape[1]):
        raise ValueError(f"Features of {x.shape[1]} and of {width} numbers cannot be compared.")
    return x, real


def _checked(table):
    if len(table := checked(table)) < 2:
        raise ValueError(f"KID needs at least two samples of each, not {len(table)}.")
    return table


def _kernel(a, b):
    base = (a @ b.T).div_(a.shape[1]).add_(1)
    return base.square().mul_(base)  # pow(3) takes twice as long


def _kernels(x, y):
    """The mean kernel of every row of x (N, d) with those of y (M, d): (N,)."""
    return torch.cat([_kernel(part, y).mean(1) for part in x.split(ROWS)])


def _within(x):
    """The mean kernel over pairs of different rows of x (N, d)."""
    itself = ((x.square().sum(1) / x.shape[1] + 1) ** 3).sum()
    parts = x.split(ROWS)
    total = sum(_kernel(one, one).sum() for one in parts) - itself
    for number, one in enumerate(parts):  # blocks off the diagonal count twice, once for each side
        total += 2 * sum(_kernel(one, other).sum() for other in parts[number + 1 :])
    return (total / (len(x) * (len(x) - 1))).item()
