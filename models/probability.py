"""Densities, divergences and the reparameterisation of a Gaussian latent variable.

All values are in nats and per image: a log density is a sum over pixels or dimensions and keeps the batch axis.
"""

import math

import torch
import torch.nn.functional as F


def reparameterise(mean: torch.Tensor, log_var: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
    """z = mean + σ · noise, which lets gradients reach mean and σ (Kingma & Welling 2013, section 2.4).

    All are (N, D), or of shapes that broadcast; `noise` ~ N(0, I) is an argument, so that the randomness can be tested.
    """
    return mean + torch.exp(0.5 * log_var) * noise


def kl_to_standard_normal(mean: torch.Tensor, log_var: torch.Tensor) -> torch.Tensor:
    """KL(N(mean, σ²) ‖ N(0, 1)) of every dimension: (N, D) in nats (Kingma & Welling 2013, appendix B)."""
    return 0.5 * (mean.square() + log_var.exp() - 1.0 - log_var)


def standard_normal_log_prob(z: torch.Tensor) -> torch.Tensor:
    """log N(z; 0, I) of codes (N, D): (N,) in nats."""
    return -0.5 * (z.square().sum(1) + z.shape[1] * math.log(2.0 * math.pi))


def gaussian_log_density(z: torch.Tensor, mean: torch.Tensor, log_var: torch.Tensor) -> torch.Tensor:
    """log N(z; mean, diag σ²) of codes (N, D): (N,) in nats."""
    return -0.5 * ((z - mean).square() / log_var.exp() + log_var + math.log(2.0 * math.pi)).sum(1)


def total_correlation(z: torch.Tensor, mean: torch.Tensor, log_var: torch.Tensor, images: int) -> torch.Tensor:
    """log q(z) − Σ_d log q(z_d), estimated within a batch: (N,) in nats; its mean is KL(q(z) ‖ Π_d q(z_d)).

    z, mean and log_var (N, D) of the batch's codes, N at least 2; q(z) is the mixture over all `images` pictures of the
    data set. One of them is z's own, and the rest of the batch stands for all others (Chen et al. 2018, appendix C.2).
    """
    others = len(z) - 1
    log_weights = z.new_full((len(z), len(z)), math.log((images - 1) / (images * others)))
    log_weights.fill_diagonal_(-math.log(images))
    joint, product = mixtures_log_density(z, mean, log_var, log_weights)
    return joint - product


def mixtures_log_density(
    z: torch.Tensor, mean: torch.Tensor, log_var: torch.Tensor, log_weights: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """(log q(z), log Π_d q(z_d)) of codes z (M, D): (M,) each, in nats.

    q is the mixture of the Gaussians with mean and log_var (N, D). log_weights: a scalar for all of them, or (M, N).
    """
    pairs = -0.5 * (
        (z[:, None] - mean).square() / log_var.exp() + log_var + math.log(2.0 * math.pi)
    )  # (code, Gaussian, dimension)
    joint = (pairs.sum(2) + log_weights).logsumexp(1)
    return joint, (pairs + log_weights[..., None]).logsumexp(1).sum(1)


def bernoulli_log_prob(logits: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Σ over pixels of x·log p + (1 − x)·log(1 − p), p = sigmoid(logits), logits and x (N, …): (N,) in nats.

    A log probability only for x in {0, 1}. For grey values it is the negative cross entropy, the training objective of
    the VAEs on Fashion-MNIST, as their cards say.
    """
    return -F.binary_cross_entropy_with_logits(logits, x, reduction="none").flatten(1).sum(1)


def gaussian_log_prob(mean: torch.Tensor, x: torch.Tensor, variance: float) -> torch.Tensor:
    """log N(x; mean, variance · I) of pictures x (N, …), with the normalising constant: (N,) in nats."""
    squared = (x - mean).square().flatten(1)
    return -0.5 * (squared.sum(1) / variance + squared.shape[1] * math.log(2.0 * math.pi * variance))
