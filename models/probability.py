"""Densities, divergences and the reparameterisation of a Gaussian latent variable.

Everything is in nats and per image: a log density sums over pixels or dimensions and keeps the batch axis.
"""

import math

import torch
import torch.nn.functional as F


def reparameterise(mean, log_var, noise):
    """z = mean + σ · noise, so that gradients reach mean and σ (Kingma & Welling 2013, section 2.4).

    All three are (N, D); `noise` is drawn from N(0, I) by the caller, which keeps the randomness testable.
    """
    return mean + torch.exp(0.5 * log_var) * noise


def kl_to_standard_normal(mean, log_var):
    """KL(N(mean, σ²) ‖ N(0, 1)) of every dimension: (N, D) in nats (Kingma & Welling 2013, appendix B)."""
    return 0.5 * (mean.square() + log_var.exp() - 1.0 - log_var)


def standard_normal_log_prob(z):
    """log N(z; 0, I) of codes (N, D): (N,) in nats."""
    return -0.5 * (z.square().sum(1) + z.shape[1] * math.log(2.0 * math.pi))


def gaussian_log_density(z, mean, log_var):
    """log N(z; mean, diag σ²) of codes (N, D): (N,) in nats."""
    return -0.5 * ((z - mean).square() / log_var.exp() + log_var + math.log(2.0 * math.pi)).sum(1)


def bernoulli_log_prob(logits, x):
    """Σ over pixels of x·log p + (1 − x)·log(1 − p), p = sigmoid(logits): (N,) in nats.

    A probability only for x in {0, 1}. Grey values in between give the usual cross entropy, which is what the
    Fashion-MNIST report trains; the cards say so where it applies.
    """
    return -F.binary_cross_entropy_with_logits(logits, x, reduction="none").flatten(1).sum(1)


def gaussian_log_prob(mean, x, variance):
    """log N(x; mean, variance · I) summed over pixels, with the normalising constant: (N,) in nats."""
    squared = (x - mean).square().flatten(1)
    return -0.5 * (squared.sum(1) / variance + squared.shape[1] * math.log(2.0 * math.pi * variance))
