"""What a classifier makes of samples: how many it is sure of, and how they spread over its classes."""

import torch


def recognised(probabilities, real, *, least=0.05):
    """Share of samples of which a classifier is at least as sure as of all but the `least` share of real pictures.

    probabilities (N, classes) of the samples and real (M, classes), rows that sum to 1; sureness is the largest of a
    row. Real pictures have 1 − least. Raises ValueError without samples or real pictures.
    """
    if len(probabilities) == 0 or len(real) == 0:
        raise ValueError("Recognition needs at least one sample and one real picture.")
    bar = real.max(1).values.double().quantile(least)
    return (probabilities.max(1).values.double() >= bar).double().mean().item()


def sureness(probabilities, real, levels=21):
    """How sure a classifier is of samples, on the scale of real pictures: (levels,) float64, rising from 0 to 1.

    Entry i is the share of samples of which it is less sure than of the share i / (levels − 1) of real pictures. The
    straight line from 0 to 1 says that both are alike; above it, samples are less certain. Arguments and errors as in
    `recognised`, whose value is 1 − the entry at `least`.
    """
    if len(probabilities) == 0 or len(real) == 0:
        raise ValueError("Sureness needs at least one sample and one real picture.")
    marks = torch.linspace(0, 1, levels, dtype=torch.float64)
    bars = real.max(1).values.double().quantile(marks)
    found = probabilities.max(1).values.double()
    below = torch.stack([(found < bar).double().mean() for bar in bars])
    below[-1] = 1.0  # the last mark is the surest real picture; surer samples have no mark of their own
    return below


def class_shares(probabilities):
    """(classes,) float64: the share of every class among the largest probabilities of (N, classes)."""
    return torch.bincount(probabilities.argmax(1), minlength=probabilities.shape[1]).double() / len(probabilities)


def effective_classes(shares):
    """exp of the entropy of class shares (classes,): how many equally frequent classes would be as varied."""
    return torch.special.entr(shares).sum().exp().item()
