"""Directions between two groups of codes: how they are made, how well they separate, what else changes along them.

Codes are (N, latent). A direction is a vector (latent,) whose length is a step: added once, it carries the mean of the
group "from" as far along it as the mean of the group "to" lies.
"""

import numpy as np
from numpy.typing import ArrayLike

CONSTANT = 1e-9  # a step that is shorter than so many times the codes' own lengths is none


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
    """The normal of the plane by which a logistic regression separates start (N, latent) from end (M, latent).

    (latent,) float64, as long as the projection of the difference of means on it (Shen et al. 2020, InterFaceGAN,
    section 3.1, with their support vector machine replaced). Both groups count alike, however large; strength: the
    inverse weight of the L2 penalty, as scikit-learn's C. Raises ValueError as `difference_of_means`, and where the
    normal is at a right angle to the difference of means, so that it leads nowhere.
    """
    from sklearn.linear_model import LogisticRegression  # takes a second, which no first picture should wait for

    step = difference_of_means(start, end)
    start, end = _codes(start), _codes(end)
    labels = np.repeat([0, 1], [len(start), len(end)])
    fitted = LogisticRegression(C=strength, class_weight="balanced", max_iter=1000).fit(np.vstack([start, end]), labels)
    normal = fitted.coef_[0] / max(np.linalg.norm(fitted.coef_[0]), CONSTANT)
    along = normal @ step
    if along <= CONSTANT * np.linalg.norm(step):
        raise ValueError("the regression found no plane between the two groups")
    return along * normal


def places(codes: ArrayLike, direction: ArrayLike, origin: ArrayLike) -> np.ndarray:
    """How many steps of a direction (latent,) codes (N, latent) lie from an origin (latent,): (N,)."""
    step = np.asarray(direction, np.float64)
    return (np.asarray(codes, np.float64) - np.asarray(origin, np.float64)) @ step / (step @ step)


def separation(start: ArrayLike, end: ArrayLike, direction: ArrayLike) -> float:
    """How often a code of end (M, latent) lies farther along a direction (latent,) than one of start (N, latent).

    The area under the ROC curve of the projections, a half for equal ones (Mann and Whitney's U over N · M): 1 where
    the groups are apart, 0.5 where the direction says nothing of them.
    """
    step = np.asarray(direction, np.float64)
    low, high = np.sort(_codes(start) @ step), _codes(end) @ step
    below = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(below.mean() / (2 * len(low)))


def gains(before: ArrayLike, after: ArrayLike) -> np.ndarray:
    """What each class has more of afterwards, (classes,), of shares (classes,) that sum to 1; 0 where it has less."""
    return np.maximum(np.asarray(after, np.float64) - np.asarray(before, np.float64), 0)


def moved(before: ArrayLike, after: ArrayLike) -> float:
    """The share that went from one class to another, of shares (classes,): their total variation distance."""
    return float(gains(before, after).sum())


def purity(before: ArrayLike, after: ArrayLike, wanted: ArrayLike) -> float:
    """Of all that went to other classes, the share that went to the wanted ones; NaN where nothing moved.

    before, after: shares (classes,) that sum to 1; wanted: (classes,) bool.
    """
    gained = gains(before, after)
    total = gained.sum()
    return float(gained[np.asarray(wanted, bool)].sum() / total) if total > 1e-3 else float("nan")


def cosine(one: ArrayLike, other: ArrayLike) -> float:
    """The cosine of the angle between two directions (latent,); 0 where one is the zero vector."""
    one, other = np.asarray(one, np.float64), np.asarray(other, np.float64)
    lengths = np.linalg.norm(one) * np.linalg.norm(other)
    return float(one @ other / lengths) if lengths else 0.0


def analogy(a: ArrayLike, b: ArrayLike, c: ArrayLike, share: float = 1.0) -> np.ndarray:
    """c + share · (a − b) of codes (latent,): "c is to the result as b is to a" (Mikolov et al. 2013, section 4)."""
    a, b, c = (np.asarray(code, np.float64) for code in (a, b, c))
    return c + share * (a - b)


def _codes(given):
    codes = np.asarray(given, np.float64)
    if codes.ndim != 2 or not len(codes):
        raise ValueError("a group of codes is empty")
    return codes
