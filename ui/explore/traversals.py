"""The figure of all traversals: a row for each dimension, what the picture becomes when that dimension alone moves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ui import slides, tiles

VALUES = np.linspace(-3, 3, 9).astype(np.float32)
GREY = (128, 128, 128, 255)  # readable on light and dark


def grid(images: np.ndarray, names: Sequence[str], values: np.ndarray = VALUES) -> slides.Grid:
    """Pictures (names · values, C, H, W) for a slide, a row for each name."""
    return slides.Grid(images, len(values), across=[f"{value:g}".replace("-", "−") for value in values], down=names)


def figure(
    images: np.ndarray, names: Sequence[str], *, values: np.ndarray = VALUES, scale: int = 2, gap: int = 2
) -> np.ndarray:
    """(H, W, 4) uint8 of pictures (names · values, C, H, W), with the names at the left and the values on top."""
    height, width = images.shape[2:]
    grid = tiles.to_image(tiles.tile(images, len(values), gap=gap)).convert("RGB")
    grid = grid.resize((grid.width * scale, grid.height * scale), Image.Resampling.NEAREST)
    left, top = 110, 30
    canvas = Image.new("RGBA", (grid.width + left, grid.height + top), (0, 0, 0, 0))
    canvas.paste(grid, (left, top))
    draw, font = ImageDraw.Draw(canvas), ImageFont.load_default(16)
    for column, value in enumerate(values):
        x = left + column * (width + gap) * scale + width * scale // 2
        draw.text((x, top - 6), f"{value:g}", GREY, font, anchor="ms")
    for row, text in enumerate(names):
        y = top + row * (height + gap) * scale + height * scale // 2
        draw.text((left - 10, y), text, GREY, font, anchor="rm")
    return np.asarray(canvas)
