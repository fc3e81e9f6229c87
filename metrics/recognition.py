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


def class_shares(probabilities):
    """(classes,) float64: the share of every class among the largest probabilities of (N, classes)."""
    return torch.bincount(probabilities.argmax(1), minlength=probabilities.shape[1]).double() / len(probabilities)


def effective_classes(shares):
    """exp of the entropy of class shares (classes,): how many equally frequent classes would be as varied."""
    return torch.special.entr(shares).sum().exp().item()
