"""Content of the PixelShuffle page: where every number of a small tensor goes, and the overlaps of a transposed
convolution."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ui import charts, slides, url
from ui.components.pixel_shuffle import pixel_shuffle

LEAST, MOST = -99, 999  # bounds of a cell's number


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
    """(cells, 3) integers: for every cell of the tensor, in order, its channel, row and column in the result."""
    numbers = np.arange(shape.cells).reshape(shape.channels, shape.height, shape.width)
    result = shuffle(numbers, shape.factor)
    return np.stack(np.unravel_index(np.argsort(result, axis=None), result.shape), 1)


def overlaps(kernel: int, stride: int, size: int) -> np.ndarray:
    """How many cells of a (size, size) picture contribute to each output pixel of a transposed convolution.

    ((size − 1)·stride + kernel)², no padding: the product of the counts along both sides.
    """
    side = np.zeros((size - 1) * stride + kernel, int)
    for cell in range(size):
        side[cell * stride : cell * stride + kernel] += 1
    return np.outer(side, side)


def cells(name: str) -> list[int]:
    """The numbers in the tensor: those of the link, the last typed ones, or 1, 2, 3, …"""
    shape = SHAPES[name]
    words = (
        f"The cells in this link are not {shape.cells} whole numbers from {LEAST} to {MOST}, so the start numbers are "
        "shown instead."
    )
    return url.listed("cells", name, list(range(1, shape.cells + 1)), int, lambda n: _fit(n, shape), words)


def _fit(numbers, shape):
    return len(numbers) == shape.cells and all(type(n) is int and LEAST <= n <= MOST for n in numbers)


def data(name: str) -> dict[str, Any]:
    """The component's data for a shape, except its numbers."""
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
    """Mount the component with the numbers of a shape; numbers typed into cells are kept for the link."""

    def typed(cells):
        if _fit(cells, SHAPES[name]):  # the browser is not trusted
            url.keep("cells", cells, name)

    pixel_shuffle(key, data(name), numbers, on_typed=typed)
