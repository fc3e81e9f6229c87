"""How metrics react to real pictures that are corrupted more and more, and their values for real against real.

One half of evaluate/halves.py against the other, corrupted; features and classes of mnist_classifier.
"""

from __future__ import annotations

import functools

import numpy as np
import torch

import checkpoints
from evaluate.features import features
from evaluate.halves import digits, halves, rows, spoiled
from metrics.coverage import density_and_coverage
from metrics.frechet import frechet_of_features
from metrics.inception_score import inception_score
from metrics.kid import kid

CLASSIFIER = "mnist_classifier"
STRENGTHS = tuple(k / 10 for k in range(11))
SPLITS = 20  # into two halves, for the values of real against real pictures


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
    return measure(_known()[rows()[0]], spoiled(kind, strength), others)


def of_real(seed: int) -> dict[str, float]:
    """The same for uncorrupted digits in other halves; the squared error is to another picture of the same digit."""
    _, others, labels = halves(seed)
    partner = np.arange(len(labels))
    for label in np.unique(labels):
        same = np.flatnonzero(labels == label)
        partner[same] = np.roll(same, 1)
    return measure(_known()[rows(seed)[0]], others, others[partner])
