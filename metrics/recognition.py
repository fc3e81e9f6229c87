"""Samples under a classifier: of how many it is certain, and how they are distributed over its classes."""

import torch


def recognised(probabilities: torch.Tensor, real: torch.Tensor, *, least: float = 0.05) -> float:
    """Share of samples of which a classifier is at least as certain as the `least` quantile of its certainty of real
    pictures: 0.05 leaves out samples of which it is less certain than of the 5 % least certain real pictures.

    probabilities (N, classes) of the samples and real (M, classes), rows that sum to 1; certainty is the largest of
    a row. Between two real pictures the quantile is interpolated. Real pictures themselves have 1 − least, to within
    1/M, where their certainties differ, and more where several are equal to the quantile: 1 where all are equal. Raises
    ValueError without samples or real pictures.
    """
    if len(probabilities) == 0 or len(real) == 0:
        raise ValueError("Recognition needs at least one sample and one real picture.")
    bar = real.max(1).values.double().quantile(least)
    return (probabilities.max(1).values.double() >= bar).double().mean().item()


def sureness(probabilities: torch.Tensor, real: torch.Tensor, levels: int = 21) -> torch.Tensor:
    """How certain a classifier is of samples, on the scale of real pictures: (levels,) float64, rising from 0 to 1.

    Entry i is the share of samples of which it is less certain than the quantile i / (levels − 1) of its certainty of
    real pictures; the last one is 1. The straight line from 0 to 1 means equal distributions; above it, the classifier
    is less certain of samples. Where many certainties are equal, real pictures are below the line, too. Arguments as in
    `recognised`, whose value is 1 − the entry at `least`. Raises ValueError without samples or real pictures.
    """
    if len(probabilities) == 0 or len(real) == 0:
        raise ValueError("Sureness needs at least one sample and one real picture.")
    marks = torch.linspace(0, 1, levels, dtype=torch.float64)
    bars = real.max(1).values.double().quantile(marks)
    certainty = probabilities.max(1).values.double()
    below = torch.stack([(certainty < bar).double().mean() for bar in bars])
    below[-1] = 1.0  # the last bar is the most certain real picture; samples above it belong to it
    return below


def class_shares(probabilities: torch.Tensor) -> torch.Tensor:
    """(classes,) float64: the share of every class among the largest probabilities of (N, classes)."""
    return torch.bincount(probabilities.argmax(1), minlength=probabilities.shape[1]).double() / len(probabilities)


def effective_classes(shares: torch.Tensor) -> float:
    """exp of the entropy of class shares (classes,): the number of equally frequent classes with that entropy."""
    return torch.special.entr(shares).sum().exp().item()
