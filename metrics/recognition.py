"""Samples judged by a classifier: how many it is certain about, and how they are distributed over its classes."""

import torch


def recognised(probabilities: torch.Tensor, real: torch.Tensor, *, least: float = 0.05) -> float:
    """Share of samples whose certainty reaches the `least` quantile of that of real pictures; with 0.05, samples less
    certain than the 5 % least certain real pictures are not recognised.

    probabilities (N, classes) of the samples and real (M, classes), rows that sum to 1; certainty is the largest
    probability of a row. The quantile is interpolated between real pictures. Real pictures themselves score 1 − least,
    to within 1/M, if their certainties differ, and more if several equal the quantile: 1 if all are equal. Raises
    ValueError without samples or real pictures.
    """
    if len(probabilities) == 0 or len(real) == 0:
        raise ValueError("Recognition needs at least one sample and one real picture.")
    bar = real.max(1).values.double().quantile(least)
    return (probabilities.max(1).values.double() >= bar).double().mean().item()


def sureness(probabilities: torch.Tensor, real: torch.Tensor, levels: int = 21) -> torch.Tensor:
    """How certain a classifier is about samples compared with real pictures: (levels,) float64, rising from 0 to 1.

    Entry i is the share of samples with less certainty than the quantile i / (levels − 1) of real pictures; the last
    one is 1. A straight line from 0 to 1 means equal distributions; above it, the classifier is less certain about
    samples. If many certainties are equal, real pictures themselves are below the line. Arguments as in `recognised`,
    whose value is 1 − the entry at `least`. Raises ValueError without samples or real pictures.
    """
    if len(probabilities) == 0 or len(real) == 0:
        raise ValueError("Sureness needs at least one sample and one real picture.")
    marks = torch.linspace(0, 1, levels, dtype=torch.float64)
    bars = real.max(1).values.double().quantile(marks)
    certainty = probabilities.max(1).values.double()
    below = (certainty < bars[:, None]).double().mean(1)
    below[-1] = 1.0  # the last bar is the highest certainty of real pictures; samples above it count, too
    return below


def class_shares(probabilities: torch.Tensor) -> torch.Tensor:
    """The share of samples (N, classes) in which each class has the largest probability: (classes,) float64."""
    return torch.bincount(probabilities.argmax(1), minlength=probabilities.shape[1]).double() / len(probabilities)


def effective_classes(shares: torch.Tensor) -> float:
    """exp of the entropy of class shares (classes,): the number of equally frequent classes with that entropy."""
    return torch.special.entr(shares).sum().exp().item()
