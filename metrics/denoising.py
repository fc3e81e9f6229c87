"""How well noise in a patch was taken away: errors inside and outside the patch, and three simple ways to beat.

Pictures are (N, 1, H, W) in [0, 1]; the mask is 1 inside the patch. Errors are pooled: one mean over all such pixels of
all pictures, and PSNR = −10·log10 of it (peak 1, in dB), not the mean of the PSNR of single pictures.
"""

import math

import numpy as np
import torch
from sklearn.decomposition import PCA

from models import patch_noise


def patches(count, *, seed, kind=None, strength=None):
    """Arguments of patch_noise.corrupt for `count` pictures, from a CPU generator with the seed: places are uniform.

    kind: one of patch_noise.KINDS, None for all five equally often. strength: None for uniform ones, as in training.
    """
    numbers = torch.rand(count, patch_noise.NUMBERS, generator=torch.Generator().manual_seed(seed))
    kinds, strengths, row, column, u = patch_noise.random_patch(numbers)
    if kind is not None:
        kinds = torch.full_like(kinds, patch_noise.KINDS.index(kind))
    if strength is not None:
        strengths = torch.full_like(strengths, strength)
    return kinds, strengths, row, column, u


def inside_outside(clean, result, mask):
    """{"mse_inside", "psnr_inside", "mse_outside", "psnr_outside"}, pooled; a PSNR is None where the error is zero."""
    squared = (result.double() - clean.double()).square()
    errors = {
        "inside": (squared * mask).sum().item() / mask.sum().item(),
        "outside": (squared * (1 - mask)).sum().item() / (1 - mask).sum().item(),
    }
    return {f"mse_{k}": v for k, v in errors.items()} | {f"psnr_{k}": psnr(v) for k, v in errors.items()}


def psnr(mse):
    """−10·log10(MSE) in dB for peak 1; None for an error of zero, which JSON and a reader can take."""
    return -10.0 * math.log10(mse) if mse > 0 else None


def project(x, mean, components):
    """Pictures (N, 1, H, W) projected on principal components: mean (pixels,), components (K, pixels); in [0, 1]."""
    return (mean + (x.flatten(1) - mean) @ components.T @ components).clamp(0, 1).view_as(x)


def fit_baselines(train, *, sizes=(2, 5, 10, 15, 20, 30, 40, 60, 100, 200), seed=1):
    """(mean (pixels,), components (K, pixels)) of train pictures; K has the least error inside the patch.

    K is chosen on the first 10,000 train pictures with noise of all kinds and strengths.
    """
    pca = PCA(max(sizes), svd_solver="covariance_eigh").fit(np.asarray(train.flatten(1), np.float64))
    mean, components = (torch.from_numpy(a.astype(np.float32)) for a in (pca.mean_, pca.components_))
    some = train[:10_000]
    noise = patches(len(some), seed=seed)
    noisy, mask = patch_noise.corrupt(some, *noise), patch_noise.mask_of(*noise[2:4])
    errors = [inside_outside(some, project(noisy, mean, components[:k]), mask)["mse_inside"] for k in sizes]
    return mean, components[: sizes[int(np.argmin(errors))]]
