"""Random changes of a batch of pictures (B, C, H, W) that keep their meaning."""

import torch
import torch.nn.functional as F


def shift_and_turn(x, pixels=2.0, degrees=10.0, scale=0.1):
    """Every picture moved, turned and scaled by uniform random amounts, bilinear, zeros outside."""
    n, _, height, width = x.shape
    uniform = torch.rand(4, n, device=x.device) * 2 - 1
    angle, zoom = uniform[0] * degrees * torch.pi / 180, 1 + uniform[1] * scale
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    across, down = uniform[2] * 2 * pixels / width, uniform[3] * 2 * pixels / height
    maps = torch.stack([torch.stack([cos, -sin, across], 1), torch.stack([sin, cos, down], 1)], 1)
    return F.grid_sample(x, F.affine_grid(maps, x.shape, align_corners=False), align_corners=False)


def flip_and_shift(x):
    """Half of the pictures mirrored, all moved by up to a pixel and scaled by up to 5 %: a mirrored shoe is a shoe."""
    mirrored = torch.rand(len(x), 1, 1, 1, device=x.device) < 0.5
    return shift_and_turn(torch.where(mirrored, x.flip(3), x), pixels=1.0, degrees=0.0, scale=0.05)


def colour_shift_and_cut(x):
    """Brightness, saturation and contrast, a shift by up to an eighth, and a hole of half the side: differentiable, for
    both players' pictures (B, 3, H, W) in [−1, 1] (Zhao et al. 2020, whose three changes and strengths these are)."""
    n, _, height, width = x.shape
    brightness, saturation, contrast = torch.rand(3, n, 1, 1, 1, device=x.device)
    x = x + brightness - 0.5
    grey = x.mean(1, keepdim=True)
    x = (x - grey) * (2 * saturation) + grey
    middle = x.mean((1, 2, 3), keepdim=True)
    x = (x - middle) * (contrast + 0.5) + middle
    rows, columns = (torch.randint(-(side // 8), side // 8 + 1, (n, 1), device=x.device) for side in (height, width))
    rows, columns = rows + torch.arange(height, device=x.device), columns + torch.arange(width, device=x.device)
    inside = ((rows >= 0) & (rows < height))[:, None, :, None] & ((columns >= 0) & (columns < width))[:, None, None, :]
    picked = x[
        torch.arange(n, device=x.device)[:, None, None],
        :,
        rows.clamp(0, height - 1)[:, :, None],
        columns.clamp(0, width - 1)[:, None, :],
    ]
    x = picked.permute(0, 3, 1, 2) * inside
    top, left = (torch.randint(side + 1, (n, 1), device=x.device) for side in (height, width))
    hole = ((torch.arange(height, device=x.device) - top).abs() <= height // 4)[:, None, :, None] & (
        (torch.arange(width, device=x.device) - left).abs() <= width // 4
    )[:, None, None, :]
    return x * ~hole
