"""Fréchet distance between Gaussians fitted to two sets of features; on Inception features it is called FID.

    d² = ‖μ₁ − μ₂‖² + tr Σ₁ + tr Σ₂ − 2 tr (Σ₁Σ₂)^½        Dowson & Landau 1982; Heusel et al. 2017

The last trace is the sum of the square roots of the eigenvalues of Σ₁Σ₂. With Σ₁ = LLᵀ they are those of the symmetric
LᵀΣ₂L, which are real, so that no matrix square root is needed. With fewer samples than dimensions Σ does not have full
rank; then the trace is the nuclear norm of X₁X₂ᵀ, the product of the centred samples, a smaller and better conditioned
matrix. All in float64.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

Table = torch.Tensor | np.ndarray  # features (N, d)


@dataclass(frozen=True)
class Moments:
    """Mean (d,) and covariance (d, d) of n samples, unbiased as in numpy.cov; float64."""

    n: int
    mean: torch.Tensor
    covariance: torch.Tensor


def moments(batches: Iterable[Table]) -> Moments:
    """Moments of features in batches (N, d); only sums of d and d² numbers are kept in memory.

    The sums are taken around the first batch's mean, so that features far from 0 lose no precision.
    Raises ValueError for features of different widths, for fewer than two samples, and for NaN or infinite features.
    """
    n, shift, first, second = 0, torch.empty(0), torch.zeros(()), torch.zeros(())
    for batch in map(checked, batches):
        if n == 0:
            shift = batch.mean(0)
        elif len(shift) != batch.shape[1]:
            raise ValueError(f"Features of {len(shift)} and of {batch.shape[1]} numbers do not belong together.")
        moved = batch - shift
        n, first, second = n + len(moved), first + moved.sum(0), second + moved.T @ moved
    if n < 2:
        raise ValueError(f"A covariance needs at least two samples, not {n}.")
    mean = first / n
    return Moments(n, shift + mean, (second - n * torch.outer(mean, mean)) / (n - 1))


def checked(features: Table) -> torch.Tensor:
    """Features as a float64 tensor (N, d); ValueError if they are not a finite table."""
    features = torch.as_tensor(features).double()
    if features.ndim != 2:
        raise ValueError(f"Features must be a table (samples, dimensions), not of shape {tuple(features.shape)}.")
    if not torch.isfinite(features).all():
        raise ValueError("The features hold NaN or infinite numbers: the network or the pictures are broken.")
    return features


def frechet_distance(a: Moments, b: Moments) -> float:
    """d² between two Moments, never negative; 0 up to rounding for equal ones.

    Raises ValueError if their widths differ.
    """
    if len(a.mean) != len(b.mean):
        raise ValueError(f"Features of {len(a.mean)} and of {len(b.mean)} numbers cannot be compared.")
    root = _factor(a.covariance)
    inner = root.T @ b.covariance @ root
    eigenvalues = torch.linalg.eigvalsh((inner + inner.T) / 2).clamp(min=0)
    return _distance(a.mean - b.mean, a.covariance.trace() + b.covariance.trace(), eigenvalues.sqrt().sum())


def frechet_of_features(x: Table, y: Table) -> float:
    """d² between two tables of features (N, d) and (M, d), computed in the faster way for their sizes.

    Raises ValueError like `moments` and `frechet_distance`.
    """
    x, y = checked(x), checked(y)
    if min(len(x), len(y)) < 2 or min(len(x), len(y)) >= x.shape[1] or x.shape[1] != y.shape[1]:
        return frechet_distance(moments([x]), moments([y]))
    a, b = ((t - t.mean(0)) / (len(t) - 1) ** 0.5 for t in (x, y))
    traces = a.square().sum() + b.square().sum()
    # If there are more samples than dimensions, the factor of the covariance is smaller than the centred sample.
    a, b = (t if len(t) < t.shape[1] else _factor(t.T @ t).T for t in (a, b))
    return _distance(x.mean(0) - y.mean(0), traces, torch.linalg.svdvals(a @ b.T).sum())


def extrapolated(x: Table, y: Table | Moments, *, sizes: int = 8, smallest: float = 0.2, seed: int = 0) -> float:
    """d² for infinitely many samples of x: a straight line through the values of subsets over 1/N, taken at 1/N = 0.

    The bias of d² falls as 1/N (Chong & Forsyth 2020). x (N, d); y: Moments or a table, whose own bias remains. The
    subsets overlap, so how well the line fits them does not say how far off the intercept of other samples would be.
    Raises ValueError for fewer than 2·sizes samples.
    """
    return intercept(list(subset_distances(x, y, sizes=sizes, smallest=smallest, seed=seed)))


def extrapolated_both(
    x: Table, y: Table, *, sizes: int = 8, smallest: float = 0.25, repeats: int = 10, seed: int = 0
) -> float:
    """d² for infinitely many samples of x and y: a straight line through the values of subsets over 1/N, at 1/N = 0.

    x (N, d), y (M, d): subsets of both have the same size, from a quarter of min(N, M) to all of it, and the bias of
    either falls as 1/N. Each size has `repeats` random subsets, so that the line depends less on the choice. For two
    samples of one distribution it is 0 on average, and may be negative. Raises ValueError for fewer than 2·sizes
    samples on a side.
    """
    x, y = checked(x), checked(y)
    most = min(len(x), len(y))
    if most < 2 * sizes:
        raise ValueError(f"An extrapolation needs at least {2 * sizes} samples on both sides, not {most}.")
    generator, values = torch.Generator().manual_seed(seed), []
    for count in repeats * torch.linspace(smallest * most, most, sizes).round().long().tolist():
        one, other = (t[torch.randperm(len(t), generator=generator)[:count]] for t in (x, y))
        values.append((count, frechet_of_features(one, other)))
    return intercept(values)


def subset_distances(
    x: Table, y: Table | Moments, *, sizes: int = 8, smallest: float = 0.2, seed: int = 0
) -> Iterator[tuple[int, float]]:
    """(count, d²) of random subsets of x of smallest·N to N samples, one after another, as in `extrapolated`.

    Raises ValueError for fewer than 2·sizes samples.
    """
    x = checked(x)
    if len(x) < 2 * sizes:
        raise ValueError(f"An extrapolation needs at least {2 * sizes} samples, not {len(x)}.")
    counts = torch.linspace(max(2, smallest * len(x)), len(x), sizes).round().long().tolist()
    if not isinstance(y, Moments) and min(counts[0], len(y)) >= x.shape[1]:
        y = moments([y])  # once for all subsets
    generator = torch.Generator().manual_seed(seed)
    for count in counts:
        subset = x[torch.randperm(len(x), generator=generator)[:count]]
        if isinstance(y, Moments):
            yield count, frechet_distance(moments([subset]), y)
        else:
            yield count, frechet_of_features(subset, y)


def intercept(values: Sequence[tuple[int, float]]) -> float:
    """The value at 1/N = 0 of the least-squares line through [(N, d²), …] over 1/N."""
    counts, distances = torch.tensor(values, dtype=torch.float64).T
    design = torch.stack([torch.ones_like(counts), 1 / counts], 1)
    return torch.linalg.lstsq(design, distances[:, None]).solution[0].item()


def _factor(covariance: torch.Tensor) -> torch.Tensor:
    """L with covariance = LLᵀ: the Cholesky factor if it exists, otherwise from the eigenvectors."""
    factor, failed = torch.linalg.cholesky_ex(covariance)
    if not failed:
        return factor
    values, vectors = torch.linalg.eigh(covariance)
    return vectors * values.clamp(min=0).sqrt()


def _distance(difference: torch.Tensor, traces: torch.Tensor, cross: torch.Tensor) -> float:
    return max(0.0, (difference.square().sum() + traces - 2 * cross).item())
