"""Noise in one 8×8 patch of a picture, as an affine map of each of its pixels: clamp(scale · x + offset, 0, 1).

Five kinds, one under another with the same shape; the strength s goes from 0 (nothing) to 1:

    gaussian           x + s·n, n ~ N(0, 1)                 s is the standard deviation
    uniform            x + s·v, v ~ U[−1, 1]                s is half the width
    salt_and_pepper    0 or 1 with probability s, else x    s is the share of replaced pixels
    black              (1 − s)·x                            s is the opacity of what covers the patch
    white              (1 − s)·x + s

All randomness is one number u ~ U[0, 1) for each pixel of the patch and is an argument, so that it can be tested, moves
with the patch when a hand drags it, and is the same in a browser that gets the two maps.
"""

import torch

KINDS = ("gaussian", "uniform", "salt_and_pepper", "black", "white")
SIDE = 8  # of the patch
WEAKEST = 0.1  # strengths of training, and of the app, lie between this and 1
PIXELS = SIDE * SIDE
NUMBERS = PIXELS + 4  # that decide one patch in `random_patch`: its pixels, kind, strength, row, column


def maps(kind, strength, u):
    """Scale and offset, each (N, 8, 8): kind (N,) int64 into KINDS, strength (N,) in [0, 1], u (N, 8, 8) in [0, 1)."""
    s = strength[:, None, None].expand_as(u)
    one, nothing = torch.ones_like(u), torch.zeros_like(u)
    normal = torch.special.ndtri(u.clamp(1e-6, 1 - 1e-6))  # the quantile function makes u a normal number
    kept = (u >= s).float()  # u < s/2: pepper, s/2 ≤ u < s: salt
    scale = torch.stack([one, one, kept, 1 - s, 1 - s])
    offset = torch.stack([s * normal, s * (2 * u - 1), (1 - kept) * (u >= s / 2), nothing, s])
    chosen = kind[None, :, None, None].expand(1, -1, SIDE, SIDE)
    return scale.gather(0, chosen)[0], offset.gather(0, chosen)[0]


def mask_of(row, column, size=28):
    """(N, 1, size, size), 1 inside the patches whose upper left pixels are row, column (N,) int64, else 0."""
    pixels = torch.arange(size, device=row.device)
    down = (pixels >= row[:, None]) & (pixels < row[:, None] + SIDE)
    across = (pixels >= column[:, None]) & (pixels < column[:, None] + SIDE)
    return (down[:, None, :, None] & across[:, None, None, :]).float()


def corrupt(x, kind, strength, row, column, u):
    """Pictures x (N, 1, H, W) in [0, 1] with noise in a patch of each.

    kind (N,) int64, strength (N,), row and column (N,) int64 of the patch's upper left pixel, u (N, 8, 8) in [0, 1).
    """
    scale, offset = maps(kind, strength, u)
    pixels = torch.arange(SIDE, device=x.device)
    picture = torch.arange(len(x), device=x.device)[:, None, None]
    down, across = (row[:, None] + pixels)[:, :, None], (column[:, None] + pixels)[:, None, :]
    noisy = x.clone()
    noisy[picture, 0, down, across] = (scale * x[picture, 0, down, across] + offset).clamp(0, 1)
    return noisy


def random_patch(numbers, size=28):
    """Arguments of `corrupt` from uniform numbers (N, 68) in [0, 1]: every kind and every place equally often.

    Strengths are uniform between WEAKEST and 1; a tenth of them is exactly 1, where black and white leave nothing.
    """
    u, rest = numbers[:, :PIXELS].unflatten(1, (SIDE, SIDE)), numbers[:, PIXELS:]
    places = size - SIDE + 1
    kind = (rest[:, 0] * len(KINDS)).long().clamp(max=len(KINDS) - 1)
    strength = (WEAKEST + rest[:, 1]).clamp(max=1.0)
    row, column = (rest[:, 2:] * places).long().clamp(max=places - 1).unbind(1)
    return kind, strength, row, column, u
