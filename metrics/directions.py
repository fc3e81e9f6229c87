"""Directions between two groups of codes: how to fit them, how well they separate the groups, what else they change.

Codes are (N, latent). A direction is a vector (latent,) whose length is one step: added once, it moves the mean of the
group "from" as far along itself as the mean of the group "to".
"""

import numpy as np
from numpy.typing import ArrayLike

CONSTANT = 1e-9  # a step shorter than this, relative to the codes' lengths, counts as zero


def difference_of_means(start: ArrayLike, end: ArrayLike) -> np.ndarray:
    """The mean of the codes end (M, latent) minus that of start (N, latent): (latent,) float64.

    The "attribute vector" of White 2016, section 3.2. Raises ValueError for an empty group and for equal means.
    """
    start, end = _codes(start), _codes(end)
    step = end.mean(0) - start.mean(0)
    if np.linalg.norm(step) <= CONSTANT * max(np.abs(start).max(), np.abs(end).max(), CONSTANT):
        raise ValueError("the two groups have the same mean, so no direction leads from one to the other")
    return step


def regression_normal(start: ArrayLike, end: ArrayLike, strength: float = 1.0) -> np.ndarray:
    """The normal of the plane with which a logistic regression separates start (N, latent) from end (M, latent).

    (latent,) float64, as long as the projection of the difference of means onto it (Shen et al. 2020, InterFaceGAN,
    section 3.1, who use a support vector machine). Both groups have equal weight, whatever their sizes; strength: the
    inverse weight of the L2 penalty, scikit-learn's C. Raises ValueError like `difference_of_means`, and if the normal
    is orthogonal to the difference of means, which leaves a step of length 0.
    """
    from sklearn.linear_model import LogisticRegression  # takes a second: only who needs it waits

    step = difference_of_means(start, end)
    start, end = _codes(start), _codes(end)
    labels = np.repeat([0, 1], [len(start), len(end)])
    fitted = LogisticRegression(C=strength, class_weight="balanced", max_iter=1000).fit(np.vstack([start, end]), labels)
    normal = fitted.coef_[0] / max(np.linalg.norm(fitted.coef_[0]), CONSTANT)
    along = normal @ step
    if along <= CONSTANT * np.linalg.norm(step):
        raise ValueError("the regression found no plane between the two groups")
    return along * normal


def separation(start: ArrayLike, end: ArrayLike, direction: ArrayLike) -> float:
    """Share of pairs in which a code of end (M, latent) lies farther along a direction than one of start (N, latent).

    The area under the ROC curve of the projections on the direction (latent,), ties counting half (Mann-Whitney U over
    N · M): 1 if the groups are separated, 0.5 if the direction says nothing about them.
    """
    step = np.asarray(direction, np.float64)
    low, high = np.sort(_codes(start) @ step), _codes(end) @ step
    below = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(below.mean() / (2 * len(low)))


def gains(before: ArrayLike, after: ArrayLike) -> np.ndarray:
    """How much the share of each class grew, (classes,), 0 where it shrank; before, after: (classes,), summing to 1."""
    return np.maximum(np.asarray(after, np.float64) - np.asarray(before, np.float64), 0)


def moved(before: ArrayLike, after: ArrayLike) -> float:
    """The share that changed its class: the total variation distance of two arrays of shares (classes,)."""
    return float(gains(before, after).sum())


def purity(before: ArrayLike, after: ArrayLike, wanted: ArrayLike) -> float:
    """Of the share that changed its class, the part that went to the wanted classes; NaN if nothing changed.

    before, after: shares (classes,) that sum to 1; wanted: (classes,) bool.
    """
    gained = gains(before, after)
    total = gained.sum()
    return float(gained[np.asarray(wanted, bool)].sum() / total) if total > 1e-3 else float("nan")


def analogy(a: ArrayLike, b: ArrayLike, c: ArrayLike, share: float = 1.0) -> np.ndarray:
    """c + share · (a − b) of codes (latent,): "c is to the result as b is to a" (Mikolov et al. 2013, section 4)."""
    a, b, c = (np.asarray(code, np.float64) for code in (a, b, c))
    return c + share * (a - b)


def _codes(given):
    codes = np.asarray(given, np.float64)
    if codes.ndim != 2 or not len(codes):
        raise ValueError("a group of codes is empty")
    return codes
