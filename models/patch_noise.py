"""Noise in one 8×8 patch of a picture, as an affine map of each pixel: clamp(scale · x + offset, 0, 1).

The kinds, by their names in models/noise_kinds.py; the strength s goes from 0 (no noise) to 1:

    gaussian           x + s·n, n ~ N(0, 1)                 s is the standard deviation
    uniform            x + s·v, v ~ U[−1, 1]                s is half the width
    salt_and_pepper    0 or 1 with probability s, else x    s is the share of replaced pixels
    black              (1 − s)·x                            s is the opacity of a black square on the patch
    white              (1 − s)·x + s                        the same with a white one

All randomness is one number u ~ U[0, 1) for each pixel of the patch, passed as an argument. So the noise can be tested,
moves with the patch while it is dragged, and is the same in a browser (ui/components/denoiser/noise.js).
"""

from typing import NamedTuple

import torch

from models import noise_kinds

KINDS = tuple(noise_kinds.KINDS)
SIDE = 8  # pixels, width and height of the patch
WEAKEST = 0.1  # strengths in training and in the app are between this and 1
PIXELS = SIDE * SIDE
NUMBERS = PIXELS + 4  # random numbers for one patch in `random_patch`: its pixels, kind, strength, row, column


class Patches(NamedTuple):
    """Arguments of `corrupt` for N pictures. row, column: of the upper left pixel of the patch."""

    kind: torch.Tensor  # (N,) int64 into KINDS
    strength: torch.Tensor  # (N,) in [0, 1]
    row: torch.Tensor  # (N,) int64
    column: torch.Tensor  # (N,) int64
    u: torch.Tensor  # (N, 8, 8) in [0, 1)


def maps(kind: torch.Tensor, strength: torch.Tensor, u: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Scale and offset, each (N, 8, 8): kind (N,) int64 into KINDS, strength (N,) in [0, 1], u (N, 8, 8) in [0, 1)."""
    s = strength[:, None, None].expand_as(u)
    one, zero = torch.ones_like(u), torch.zeros_like(u)
    normal = torch.special.ndtri(u.clamp(1e-6, 1 - 1e-6))  # N(0, 1), by its quantile function
    kept = (u >= s).float()  # u < s/2: pepper, s/2 ≤ u < s: salt
    scale = torch.stack([one, one, kept, 1 - s, 1 - s])
    offset = torch.stack([s * normal, s * (2 * u - 1), (1 - kept) * (u >= s / 2), zero, s])
    chosen = kind[None, :, None, None].expand(1, -1, SIDE, SIDE)
    return scale.gather(0, chosen)[0], offset.gather(0, chosen)[0]


def mask_of(row: torch.Tensor, column: torch.Tensor, size: int = 28) -> torch.Tensor:
    """(N, 1, size, size), 1 inside and 0 outside the patches with upper left pixels row, column (N,) int64."""
    pixels = torch.arange(size, device=row.device)
    down = (pixels >= row[:, None]) & (pixels < row[:, None] + SIDE)
    across = (pixels >= column[:, None]) & (pixels < column[:, None] + SIDE)
    return (down[:, None, :, None] & across[:, None, None, :]).float()


def corrupt(
    x: torch.Tensor,
    kind: torch.Tensor,
    strength: torch.Tensor,
    row: torch.Tensor,
    column: torch.Tensor,
    u: torch.Tensor,
) -> torch.Tensor:
    """Pictures x (N, 1, H, W) in [0, 1] with noise in one patch each; the other arguments are those of Patches."""
    scale, offset = maps(kind, strength, u)
    pixels = torch.arange(SIDE, device=x.device)
    picture = torch.arange(len(x), device=x.device)[:, None, None]
    down, across = (row[:, None] + pixels)[:, :, None], (column[:, None] + pixels)[:, None, :]
    noisy = x.clone()
    noisy[picture, 0, down, across] = (scale * x[picture, 0, down, across] + offset).clamp(0, 1)
    return noisy


def random_patch(numbers: torch.Tensor, size: int = 28) -> Patches:
    """Patches from uniform numbers (N, 68) in [0, 1]: every kind and every place equally often.

    Strengths are uniform between WEAKEST and 1, except for a tenth that is exactly 1, where black and white hide
    everything. size: side of the square pictures, pixels.
    """
    u, rest = numbers[:, :PIXELS].unflatten(1, (SIDE, SIDE)), numbers[:, PIXELS:]
    places = size - SIDE + 1
    kind = (rest[:, 0] * len(KINDS)).long().clamp(max=len(KINDS) - 1)
    strength = (WEAKEST + rest[:, 1]).clamp(max=1.0)
    row, column = (rest[:, 2:] * places).long().clamp(max=places - 1).unbind(1)
    return Patches(kind, strength, row, column, u)
