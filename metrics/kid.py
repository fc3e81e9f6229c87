"""Kernel Inception distance: the squared maximum mean discrepancy with a cubic kernel, without bias in n."""

import torch

from metrics.frechet import Table, checked

SUBSETS = 50
LARGEST = 500  # samples of a subset
WHOLE = 1500  # so many samples have one matrix of kernels for all subsets, which is faster than one for each


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
    rows = [tuple(torch.randperm(len(t), generator=generator)[:size] for t in (x, y)) for _ in range(subsets)]
    if max(len(x), len(y)) <= WHOLE:
        values = _of_all(x, y, rows)
    else:
        values = torch.stack([mmd2(x[of_x], y[of_y]) for of_x, of_y in rows])
    return values.mean().item(), values.std().item() if subsets > 1 else float("nan")


def mmd2(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Unbiased MMD² of two samples (n, d) and (m, d) with the cubic kernel: a scalar (Gretton et al. 2012, eq. 3)."""
    n, m = len(x), len(y)
    xx, yy, xy = _kernel(x, x), _kernel(y, y), _kernel(x, y)
    within = (xx.sum() - xx.trace()) / (n * (n - 1)) + (yy.sum() - yy.trace()) / (m * (m - 1))
    return within - 2 * xy.mean()


def _kernel(a, b):
    return (a @ b.T / a.shape[1] + 1) ** 3


def _of_all(x, y, rows):
    """mmd2 of all subsets, pairs of row numbers: sums over a subset are products with a column of zeros and ones."""
    size, (in_x, in_y) = len(rows[0][0]), (x.new_zeros(len(t), len(rows)) for t in (x, y))
    for column, (of_x, of_y) in enumerate(rows):
        in_x[of_x, column] = in_y[of_y, column] = 1

    def within(t, chosen):
        kernels = _kernel(t, t)
        return (((kernels @ chosen) * chosen).sum(0) - kernels.diagonal() @ chosen) / (size * (size - 1))

    return within(x, in_x) + within(y, in_y) - 2 * ((_kernel(x, y) @ in_y) * in_x).sum(0) / size**2
