"""How well noise in a patch was removed: errors inside and outside of the patch, and baselines.

Pictures are (N, 1, H, W) in [0, 1]; the mask is 1 inside the patch. Errors are pooled: the MSE is one mean over
these pixels of all pictures, and PSNR = −10·log10(MSE) (peak 1, in dB), not the mean of each picture's PSNR.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch

from models import patch_noise


def patches(count: int, *, seed: int, kind: str | None = None, strength: float | None = None) -> patch_noise.Patches:
    """Arguments of patch_noise.corrupt for `count` pictures, from a CPU generator with this seed; uniform places.

    kind: one of patch_noise.KINDS, or None for all kinds equally often. strength: in [0, 1], or None for random ones.
    """
    numbers = torch.rand(count, patch_noise.NUMBERS, generator=torch.Generator().manual_seed(seed))
    noise = patch_noise.random_patch(numbers)
    if kind is not None:
        noise = noise._replace(kind=torch.full_like(noise.kind, patch_noise.KINDS.index(kind)))
    if strength is not None:
        noise = noise._replace(strength=torch.full_like(noise.strength, strength))
    return noise


def inside_outside(clean: torch.Tensor, result: torch.Tensor, mask: torch.Tensor) -> dict[str, float | None]:
    """{"mse_inside", "psnr_inside", "mse_outside", "psnr_outside"}, pooled, PSNR in dB, or None if the error is zero.

    clean, result (N, 1, H, W) in [0, 1], mask (N, 1, H, W) of 0 and 1.
    """
    squared = (result.double() - clean.double()).square()
    errors = {
        "inside": (squared * mask).sum().item() / mask.sum().item(),
        "outside": (squared * (1 - mask)).sum().item() / (1 - mask).sum().item(),
    }
    return {f"mse_{k}": v for k, v in errors.items()} | {f"psnr_{k}": psnr(v) for k, v in errors.items()}


def psnr(mse: float) -> float | None:
    """−10·log10(MSE) in dB for peak 1; None for an error of zero, since JSON has no infinity."""
    return -10.0 * math.log10(mse) if mse > 0 else None


def project(x: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """Pictures (N, 1, H, W) projected onto principal components, in [0, 1]: mean (pixels,), components (K, pixels)."""
    return (mean + (x.flatten(1) - mean) @ components.T @ components).clamp(0, 1).view_as(x)


class Baselines(NamedTuple):
    """mean (pixels,) and components (K, pixels) of a PCA. sizes: how many leading components each noise uses."""

    mean: torch.Tensor
    components: torch.Tensor
    sizes: dict[str, int]


def fit_baselines(
    train: torch.Tensor,
    noises: Mapping[str, tuple[str | None, float | None]],
    *,
    sizes: Sequence[int] = (2, 5, 10, 15, 20, 30, 40, 60, 80, 100, 200),
    held: int = 10_000,
) -> Baselines:
    """A PCA of train pictures (N, 1, H, W), with the number K of components chosen from `sizes` for each noise.

    noises: {name: (kind, strength)} as for `patches`. The last `held` pictures (at most half) are held out; K has the
    least error inside the patch on them. Sizes above the number of components, one less than the fitted pictures, are
    replaced by that number. Raises ValueError for fewer than 3 pictures.
    """
    from sklearn.decomposition import PCA  # takes a second that the page Denoise need not wait for

    if len(train) < 3:
        raise ValueError(f"A PCA and its check need at least 3 pictures, not {len(train)}.")
    held = min(held, len(train) // 2)
    fitted, valid = train[:-held], train[-held:]
    most = min(len(fitted) - 1, fitted[0].numel())  # n centred pictures span at most n − 1 directions
    sizes = sorted({min(size, most) for size in sizes})
    pca = PCA(max(sizes), svd_solver="covariance_eigh").fit(np.asarray(fitted.flatten(1), np.float64))
    mean, components = (torch.from_numpy(np.asarray(a, np.float32)) for a in (pca.mean_, pca.components_))
    best = {}
    for name, (kind, strength) in noises.items():
        noise = patches(held, seed=1, kind=kind, strength=strength)
        noisy, mask = patch_noise.corrupt(valid, *noise), patch_noise.mask_of(noise.row, noise.column)
        errors = {
            k: ((project(noisy, mean, components[:k]).double() - valid).square() * mask).sum().item() for k in sizes
        }
        best[name] = min(errors, key=lambda k: errors[k])
    return Baselines(mean, components[: max(best.values())], best)
