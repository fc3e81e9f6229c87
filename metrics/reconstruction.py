"""Errors of reconstructions. All functions take pictures (N, C, H, W) in [0, 1] and give one value for each, (N,)."""

import torch
import torch.nn.functional as F


def mse(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Mean squared error over pixels (pixel range [0, 1], so a value of 0.01 is an RMS error of 0.1)."""
    return (x - y).square().flatten(1).mean(1)


def cosine(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Cosine of the angle between the two pictures as vectors; 0 where either is all black."""
    return F.cosine_similarity(x.flatten(1), y.flatten(1), dim=1)


def psnr(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Peak signal-to-noise ratio in dB for peak 1: −10·log10(MSE); infinite for equal pictures."""
    return -10.0 * torch.log10(mse(x, y))
