"""Metrics of samples on a network's features, each with its spread, which are computed on demand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from metrics.coverage import density_and_coverage
from metrics.frechet import extrapolated, frechet_of_features
from metrics.inception_score import inception_score
from metrics.kid import Real, kid, kid_of_rows
from metrics.recognition import recognised

NEIGHBOURS_AMONG = 3000  # pictures on each side for density and coverage


@dataclass(frozen=True)
class FeatureExtractor:
    """A network with `features`: its name, and its batch size (about a tenth of a second).

    slow: no more real pictures are used than there are samples, and their features are cached on disk. weights:
    distinguishes these weights from others of the same name, for instance their sha256.
    """

    name: str
    network: Any  # a FeatureNetwork, with a `head` if classes are needed
    batch: int
    slow: bool = False
    weights: str = ""


@dataclass(frozen=True)
class EncoderFeatures:
    """The posterior means of a VAE as features of its own samples and pictures, for pictures that no classifier
    knows."""

    vae: Any
    shape: tuple[int, ...] | None = None

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """(N, latent) of pictures (N, C, H, W) in [0, 1]."""
        return self.vae.encode(x)[0]


@dataclass(frozen=True)
class FeatureMetric:
    """A metric on features.

    measure(network, samples (N, d), real (M, d)) -> (value, spread). If the metric has no spread of its own (NaN),
    that of `resamples` resamples is used. of_rows(samples, real) -> (value, function of rows that gives their value),
    if that is faster. held(real): what can be computed from `real` once for several samples; both functions then get
    it instead of `real`. network: "classifier" or "inception". words: added to the protocol. running: whether it is
    cheap and meaningful while samples are still arriving. compares: whether it compares with real pictures.
    """

    measure: Callable[[Any, torch.Tensor, Any], tuple[float, float]]
    network: str = "classifier"
    words: str = ""
    resamples: int = 0
    of_rows: Callable[[torch.Tensor, Any], tuple[float, Callable[[torch.Tensor], float]]] | None = None
    held: Callable[[torch.Tensor], Any] = lambda real: real
    running: bool = True
    compares: bool = True


def _frechet(network, samples, real):
    return frechet_of_features(samples, real), math.nan


def _extrapolated(network, samples, real):
    return extrapolated(samples, real), math.nan


def _kid(network, samples, real):
    return kid(samples, real), math.nan


@torch.inference_mode()
def _inception_score(network, samples, real):
    return inception_score(network.head(samples).softmax(1), splits=10 if len(samples) >= 100 else 1)


@torch.inference_mode()
def _recognised(network, samples, real):
    share = recognised(*(network.head(table).softmax(1) for table in (samples, real)))
    return share, math.sqrt(share * (1 - share) / len(samples))  # binomial


def _density(network, samples, real):
    return density_and_coverage(real[:NEIGHBOURS_AMONG], samples[:NEIGHBOURS_AMONG])[0], math.nan


def _coverage(network, samples, real):
    return density_and_coverage(real[:NEIGHBOURS_AMONG], samples[:NEIGHBOURS_AMONG])[1], math.nan


NEIGHBOURS = f", 5 neighbours among at most {NEIGHBOURS_AMONG:,}"
FEATURE_METRICS = {
    "frechet": FeatureMetric(_frechet, resamples=8),
    "frechet_infinite": FeatureMetric(_extrapolated, words=", 8 subsets extrapolated", resamples=8, running=False),
    "fid": FeatureMetric(_frechet, "inception", resamples=4),
    "kid": FeatureMetric(_kid, words=", all pairs", resamples=8, of_rows=kid_of_rows, held=Real),
    "inception_score": FeatureMetric(_inception_score, compares=False),
    "recognised": FeatureMetric(_recognised),
    "density": FeatureMetric(_density, words=NEIGHBOURS),
    "coverage": FeatureMetric(_coverage, words=NEIGHBOURS),
}
