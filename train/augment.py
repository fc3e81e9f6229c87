"""Random augmentations of pictures. All functions take and return a batch (B, C, H, W) in [0, 1]."""

import torch
import torch.nn.functional as F
from torch import Tensor


def shift_and_turn(
    x: Tensor, pixels: float = 2.0, degrees: float = 10.0, scale: float = 0.1, outside: str = "zeros"
) -> Tensor:
    """Every picture shifted, turned and scaled by uniform random amounts, bilinear. outside: "zeros", or "border" to
    repeat the edge."""
    n, _, height, width = x.shape
    uniform = torch.rand(4, n, device=x.device) * 2 - 1
    angle, zoom = uniform[0] * degrees * torch.pi / 180, 1 + uniform[1] * scale
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    across, down = uniform[2] * 2 * pixels / width, uniform[3] * 2 * pixels / height
    maps = torch.stack([torch.stack([cos, -sin, across], 1), torch.stack([sin, cos, down], 1)], 1)
    grid = F.affine_grid(maps, list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode=outside, align_corners=False)


def flip_and_shift(x: Tensor) -> Tensor:
    """Half of the pictures mirrored (a shoe stays a shoe), all shifted by up to a pixel and scaled by up to 5 %."""
    return shift_and_turn(_mirrored(x), pixels=1.0, degrees=0.0, scale=0.05)


def light(x: Tensor, exponent: float = 0.4, tint: float = 0.1) -> Tensor:
    """Every picture darker or lighter, by x ** exp(u) with |u| ≤ exponent, which keeps black and white; colours tinted
    in the same way, with another |u| ≤ tint for each channel."""
    n, channels, _, _ = x.shape
    uniform = torch.rand(n, 1 + channels, 1, 1, device=x.device) * 2 - 1
    return x.clamp(0, 1) ** torch.exp(exponent * uniform[:, :1] + tint * uniform[:, 1:])


def hands(x: Tensor) -> Tensor:
    """For hands with many skin colours on white: mirrored, shifted, turned, scaled, lighter or darker."""
    side = x.shape[3]
    return light(shift_and_turn(_mirrored(x), pixels=side / 8, degrees=20.0, scale=0.25, outside="border"))


def figures(x: Tensor) -> Tensor:
    """For horses and people in any light: mirrored, shifted, turned a little, scaled, lighter or darker. Some train
    landscapes become as bright as the white background of the test set."""
    side = x.shape[3]
    moved = shift_and_turn(_mirrored(x), pixels=side / 10, degrees=10.0, scale=0.25, outside="border")
    return light(moved, exponent=1.2, tint=0)


def shift(x: Tensor) -> Tensor:
    """Every picture (B, C, H, W) shifted by up to an eighth of its side; differentiable, for both players' pictures
    (the translation of Zhao et al. 2020, but with a repeated edge, since black would be another colour)."""
    n, _, height, width = x.shape
    top, left = height // 8, width // 8
    padded = F.pad(x, (left, left, top, top), mode="replicate")
    rows = torch.randint(2 * top + 1, (n,), device=x.device)
    return _windows(padded, rows, torch.randint(2 * left + 1, (n,), device=x.device), height, width)


MOVES = 9  # number of shifts in `by_a_pixel`


def by_a_pixel(x: Tensor, uniform: Tensor) -> tuple[Tensor, Tensor]:
    """Every picture in place or shifted by one pixel, straight or diagonally, with black edges; and which of MOVES (B,)
    it was, 0 for none. uniform (B,) in [0, 1) decides."""
    which = (uniform * MOVES).long().clamp_max(MOVES - 1)
    place = (which + MOVES // 2) % MOVES  # index into the 3×3 positions, row by row; the middle one is no shift
    return _windows(F.pad(x, (1, 1, 1, 1)), place // 3, place % 3, *x.shape[2:]), which


def _windows(padded, rows, columns, height, width):
    """The window (B, C, height, width) of every picture that begins at rows and columns (B,)."""
    rows = rows[:, None] + torch.arange(height, device=padded.device)
    columns = columns[:, None] + torch.arange(width, device=padded.device)
    which = torch.arange(len(padded), device=padded.device)[:, None, None]
    return padded[which, :, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


def _mirrored(x):
    """The pictures with a random half of them mirrored, left to right."""
    return torch.where(torch.rand(len(x), 1, 1, 1, device=x.device) < 0.5, x.flip(3), x)
