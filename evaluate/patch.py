"""Noise in one patch of pictures, and its restoration by the denoiser and simple baselines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from models.noise_kinds import KINDS

if TYPE_CHECKING:
    import torch

SIDE = 8  # of the patch, pixels
LAST = 20  # row, and column, where a patch can start
NUMBERS = {"strength": (0.1, 1.0), "row": (0, LAST), "column": (0, LAST), "seed": (0, 99_999)}  # least, greatest
# Test image of a first visit: the first on which knowing the place helps as much as on average over all, 0.3 dB.
FIRST = 12


@dataclass(frozen=True)
class Noise:
    """Noise in one patch: kind (a key of KINDS), strength in [0.1, 1], upper left pixel (0 to 20), seed."""

    kind: str
    strength: float
    row: int
    column: int
    seed: int

    @classmethod
    def of(cls, kind: str, numbers: Mapping[str, float]) -> Noise:
        """Noise from the values of NUMBERS; all except the strength are rounded."""
        row, column, seed = (round(numbers[name]) for name in ("row", "column", "seed"))
        return cls(kind, numbers["strength"], row, column, seed)

    @property
    def words(self) -> str:
        """The noise in words, for a subtitle."""
        return f"{KINDS[self.kind].title}, strength {self.strength:g}, row {self.row}, column {self.column}"

    def drawn(self, count: int) -> tuple[torch.Tensor, ...]:
        """Arguments of patch_noise.corrupt for `count` pictures: four (count,), and the random numbers (count, 8, 8).

        The first picture's numbers are the same for every count.
        """
        import torch

        from models import patch_noise

        generator = torch.Generator().manual_seed(self.seed)
        u = torch.stack([torch.rand(patch_noise.SIDE, patch_noise.SIDE, generator=generator) for _ in range(count)])
        numbers = (list(KINDS).index(self.kind), self.strength, self.row, self.column)
        return *(torch.full((count,), number) for number in numbers), u


START = Noise("gaussian", 0.5, 10, 10, 0)  # of a first visit


@dataclass(frozen=True)
class Result:
    """The result of one method: pictures (N, 1, 28, 28) uint8, and their errors.

    errors: from metrics.denoising.inside_outside, pooled over all pictures, before rounding to grey levels.
    """

    pictures: np.ndarray
    errors: dict


def restored(network: Any, baselines: Mapping[str, np.ndarray], images: np.ndarray, noise: Noise) -> dict[str, Result]:
    """{"noisy", "mean", "pca", "blind" or "informed": Result} of clean pictures (N, 1, 28, 28) uint8.

    network: a models.denoiser.PatchDenoiser. baselines: its checkpoint's preview.
    """
    import torch

    from metrics.denoising import inside_outside, project
    from models import patch_noise
    from models.denoiser import PLACES

    clean = torch.from_numpy(images.astype(np.float32)) / 255
    drawn = noise.drawn(len(clean))
    row, column = drawn[2:4]
    noisy, mask = patch_noise.corrupt(clean, *drawn), patch_noise.mask_of(row, column)
    mean = torch.tensor(baselines["train_mean"])
    components = torch.tensor(baselines["pca_components"][: pca_size(baselines, noise.kind)])
    with torch.inference_mode():
        pictures = {
            "noisy": noisy,
            "mean": mean.view(1, 1, 28, 28).expand_as(clean),
            "pca": project(noisy, mean, components),
            "blind": network(noisy),
            "informed": network(noisy, row * PLACES + column),
        }
    return {name: Result(grey(x), inside_outside(clean, x, mask)) for name, x in pictures.items()}


def pca_size(baselines: Mapping[str, np.ndarray], kind: str) -> int:
    """The number of principal components for a kind of noise: that of its measured strength, or all in old previews.

    baselines: a denoiser's preview, with pca_components (K, pixels) and pca_sizes (kinds,).
    """
    sizes, place = baselines.get("pca_sizes", ()), list(KINDS).index(kind)
    return int(sizes[place]) if place < len(sizes) else len(baselines["pca_components"])


def grey(x: torch.Tensor) -> np.ndarray:
    """Pictures in [0, 1], of any shape, as uint8."""
    from evaluate.samples import to_bytes

    return to_bytes(x).numpy()


def decibels(psnr: float | None) -> str:
    """A PSNR as text; None means two equal pictures."""
    return "exact" if psnr is None else f"{psnr:.1f} dB"
