"""What the PixelShuffle page shows: where every number of a small tensor goes, and the overlaps of a transposed
convolution."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ui import charts, slides, url
from ui.components.pixel_shuffle import pixel_shuffle

LEAST, MOST = -99, 999  # what a cell may hold


@dataclass(frozen=True)
class Shape:
    """A tensor (outputs · factor², height, width) that becomes (outputs, factor · height, factor · width)."""

    outputs: int
    factor: int
    height: int
    width: int

    @property
    def channels(self) -> int:
        return self.outputs * self.factor**2

    @property
    def cells(self) -> int:
        return self.channels * self.height * self.width

    def words(self) -> str:
        r = self.factor
        return f"{self.channels}×{self.height}×{self.width} → {self.outputs}×{r * self.height}×{r * self.width}"


SHAPES = {"4x3": Shape(1, 2, 3, 3), "9x2": Shape(1, 3, 2, 2), "8x2": Shape(2, 2, 2, 2)}
NAMES = {name: f"r = {shape.factor}: {shape.words()}" for name, shape in SHAPES.items()}


def shuffle(tensor: np.ndarray, factor: int) -> np.ndarray:
    """(C·r², H, W) -> (C, r·H, r·W): out[c, r·i + a, r·j + b] = in[c·r² + r·a + b, i, j] (Shi et al. 2016, eq. 4,
    with the channels in PyTorch's order)."""
    channels, height, width = tensor.shape
    blocks = tensor.reshape(channels // factor**2, factor, factor, height, width)
    return blocks.transpose(0, 3, 1, 4, 2).reshape(-1, height * factor, width * factor)


def places(shape: Shape) -> np.ndarray:
    """(cells, 3) whole numbers: channel, row and column in the result of every cell of the tensor, in its order."""
    numbers = np.arange(shape.cells).reshape(shape.channels, shape.height, shape.width)
    result = shuffle(numbers, shape.factor)
    return np.stack(np.unravel_index(np.argsort(result, axis=None), result.shape), 1)


def overlaps(kernel: int, stride: int, size: int) -> np.ndarray:
    """How many cells of a (size, size) picture reach every pixel that a transposed convolution makes of it.

    ((size − 1)·stride + kernel)², no padding: the product of the same count along both sides.
    """
    side = np.zeros((size - 1) * stride + kernel, int)
    for cell in range(size):
        side[cell * stride : cell * stride + kernel] += 1
    return np.outer(side, side)


def cells(name: str) -> list[int]:
    """The numbers in the tensor: those of the link, those typed last, or 1, 2, 3, …"""
    shape = SHAPES[name]
    words = (
        f"The cells in this link are not {shape.cells} whole numbers from {LEAST} to {MOST}, so the start numbers are "
        "shown instead."
    )
    return url.listed("cells", name, list(range(1, shape.cells + 1)), int, lambda n: _fit(n, shape), words)


def _fit(numbers, shape):
    return len(numbers) == shape.cells and all(type(n) is int and LEAST <= n <= MOST for n in numbers)


def data(name: str) -> dict[str, Any]:
    """What the component needs of a shape, beside its numbers."""
    shape = SHAPES[name]
    return {
        "identity": name,
        "outputs": shape.outputs,
        "factor": shape.factor,
        "height": shape.height,
        "width": shape.width,
        "colours": charts.PALETTE[: shape.factor**2],
        "least": LEAST,
        "most": MOST,
        "save": slides.words(f"pixel_shuffle_{name}", "PixelShuffle", NAMES[name]),
    }


def show(key: str, name: str, numbers: list[int]) -> None:
    """Mount the component with the numbers of a shape; what is typed into a cell is kept for the link."""

    def typed(cells):
        if _fit(cells, SHAPES[name]):  # the browser is not trusted
            url.keep("cells", cells, name)

    pixel_shuffle(key, data(name), numbers, on_typed=typed)
