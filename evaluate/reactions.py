"""How metrics react to real pictures that are corrupted more and more, and their values for real against real.

HALF of the shipped MNIST digits against HALF others, which are corrupted; features and classes of mnist_classifier.
"""

from __future__ import annotations

import functools

import numpy as np
import torch

import checkpoints
import data
from data import corruptions
from evaluate.features import features
from metrics.coverage import density_and_coverage
from metrics.frechet import frechet_of_features
from metrics.inception_score import inception_score
from metrics.kid import kid

CLASSIFIER = "mnist_classifier"
HALF = 500
STRENGTHS = tuple(k / 10 for k in range(11))
SPLITS = 20  # into two halves, for the values of real against real pictures


@functools.lru_cache(maxsize=1)
def digits() -> data.Images:
    """The shipped digits, even if the full set is there, since recorded values must not depend on the machine."""
    return data.sample("mnist")


def _order(seed):
    """Rows of the two halves: (real, others)."""
    order = np.random.default_rng(seed).permutation(len(digits()))
    return order[:HALF], order[HALF : 2 * HALF]


def halves(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(real, others, labels of the others): two random halves of the digits, (HALF, C, H, W) uint8."""
    images, labels = digits().images, digits().labels
    assert labels is not None  # they are shipped
    real, others = _order(seed)
    return images[real], images[others], labels[others]


def spoiled(kind: str, strength: float) -> np.ndarray:
    """The second half, corrupted by a kind of data.corruptions: (HALF, C, H, W) uint8."""
    _, images, labels = halves()
    return corruptions.KINDS[kind](images, labels, strength, np.random.default_rng(1))


@functools.lru_cache(maxsize=1)
def _classifier():
    return checkpoints.load(CLASSIFIER)


@functools.lru_cache(maxsize=1)
def _known():
    """Features of all digits, uncorrupted."""
    return features(_classifier(), digits().images)


@torch.inference_mode()
def measure(truth: torch.Tensor, changed: np.ndarray, untouched: np.ndarray) -> dict[str, float]:
    """All metrics of changed pictures against the features (N, width) of real ones, and their squared error.

    changed, untouched: (N, C, H, W) uint8, in the same order; errors in squares of the grey range.
    """
    ours = features(_classifier(), changed)
    density, coverage = density_and_coverage(truth, ours)
    return {
        "frechet": frechet_of_features(ours, truth),
        "kid": kid(ours, truth),
        "inception_score": inception_score(_classifier().head(ours).softmax(1), splits=1)[0],
        "density": density,
        "coverage": coverage,
        "mse": float(np.mean((changed / 255.0 - untouched / 255.0) ** 2)),
    }


def at(kind: str, strength: float) -> dict[str, float]:
    """{metric: value} of digits corrupted with a strength."""
    _, others, _ = halves()
    return measure(_known()[_order(0)[0]], spoiled(kind, strength), others)


def of_real(seed: int) -> dict[str, float]:
    """The same for uncorrupted digits in other halves; the squared error is to another picture of the same digit."""
    _, others, labels = halves(seed)
    partner = np.arange(len(labels))
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        partner[rows] = np.roll(rows, 1)
    return measure(_known()[_order(seed)[0]], others, others[partner])
