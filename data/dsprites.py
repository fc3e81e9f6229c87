"""dSprites (Matthey et al. 2017), drawn by our own code: 737,280 binary pictures of 64×64.

Five factors define a picture: shape (square, ellipse, heart), 6 scales, 40 orientations, 32 x positions, 32 y
positions. The last one varies fastest in the rows of the original file (see `index_of`). The geometry was measured on
images of the original file. Drawn and original pictures are equal pixel for pixel, except for about one image in 7,000
that has a vertex within 2·10⁻⁶ px of a rounding tie and differs in one pixel.
"""

import numpy as np
from numpy.typing import ArrayLike

from data.download import Remote
from data.images import Images, Source

SIZES = (3, 6, 40, 32, 32)
FACTORS = ("shape", "scale", "orientation", "x", "y")
CLASSES = ("square", "ellipse", "heart")
SPLITS = ("orientation0",)
CANVAS = 64  # px
GRID = 256  # vertices are rounded to 1/256 px
NOTE = "dSprites, Matthey et al. 2017 (Apache 2.0), drawn by our own code; orientation 0 only."
BATCH = 1024  # images drawn at once, which bounds the memory; the fastest size measured


def index_of(factors: np.ndarray) -> np.ndarray:
    """Rows (N,) int64 of the original file with these classes (N, 5) of the factors."""
    return np.asarray(np.ravel_multi_index(tuple(np.asarray(factors, np.int64).T), SIZES))


def outline(shape: int) -> np.ndarray:
    """Corners (V, 2) of a shape (its class) in px around (0, 0) at scale 1, x to the right and y down.

    The side of the square is 0.3·64 px.
    """
    side = 0.3 * CANVAS
    if shape == 0:
        return side / 2 * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    if shape == 1:
        t = 2 * np.pi * np.arange(100) / 100
        return side / 2 * np.stack([1.33 * np.cos(t), np.sin(t) / 1.33], axis=1)
    t = 2 * np.pi * np.arange(150) / 150
    height = (13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 29 + 0.075
    return side * np.stack([np.sin(t) ** 3 / 2, -height], axis=1)


def render(factors: ArrayLike) -> np.ndarray:
    """Pictures (N, 64, 64) uint8, 0 or 1, for classes (N, 5) of the factors. Raises ValueError for an unknown class."""
    factors = np.asarray(factors, np.int64).reshape(-1, 5)
    if len(factors) and not ((factors >= 0) & (factors < SIZES)).all():
        raise ValueError(f"the factors have {SIZES} classes")
    pictures = np.empty((len(factors), CANVAS, CANVAS), np.uint8)
    for shape in range(len(CLASSES)):
        corners, rows = outline(shape), np.flatnonzero(factors[:, 0] == shape)
        for start in range(0, len(rows), BATCH):
            chosen = rows[start : start + BATCH]
            pictures[chosen] = fill(_place(corners, factors[chosen]))
    return pictures


def _place(corners: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Corners (N, V, 2) of every picture in units of 1/256 px: scaled, turned counter-clockwise, moved, rounded."""
    scale = 0.5 + 0.1 * factors[:, 1, None]
    angle = 2 * np.pi / 39 * factors[:, 2, None]  # class 39 is a full turn: it looks like class 0
    centre = 16 + 32 / 31 * factors[:, 3:]
    x, y = corners.T
    cos, sin = np.cos(angle), np.sin(angle)
    turned = scale[..., None] * np.stack([x * cos + y * sin, y * cos - x * sin], axis=-1)
    return np.floor((centre[:, None] + turned) * GRID + 0.5).astype(np.int64)


def fill(corners: np.ndarray) -> np.ndarray:
    """Polygons (N, V, 2) in units of 1/256 px -> (N, 64, 64) uint8: 1 where the centre of a pixel lies inside.

    The polygons lie inside the canvas. Scan conversion in integers: in each row of pixel centres that an edge crosses
    (excluding its upper end and including its lower one, so that a corner counts once), it flips inside and outside at
    the first centre at or right of the crossing. The running parity along a row is the picture.
    """
    count, half = len(corners), GRID // 2
    start, end = corners, np.roll(corners, -1, axis=1)
    down = start[..., 1:] < end[..., 1:]
    (x0, y0), (x1, y1) = (np.moveaxis(np.where(side, start, end), -1, 0) for side in (down, ~down))  # y0 <= y1
    first = (y0 - half) // GRID + 1  # rows of centres with y0 < centre <= y1
    crossed = np.maximum((y1 - half) // GRID - first + 1, 0)
    picture, edge = np.nonzero(crossed)
    times = crossed[picture, edge]
    # One entry for each crossing of an edge with a row.
    which = np.repeat(np.arange(len(times)), times)
    row = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times) + first[picture, edge][which]
    picture, edge = picture[which], edge[which]
    x0, y0, x1, y1 = (v[picture, edge] for v in (x0, y0, x1, y1))
    dx, dy = x1 - x0, y1 - y0
    column = -(-((x0 - half) * dy + dx * (row * GRID + half - y0)) // (dy * GRID))  # exact ceiling of the crossing
    flips = np.bincount((picture * CANVAS + row) * CANVAS + column, minlength=count * CANVAS * CANVAS)
    return np.bitwise_xor.accumulate((flips & 1).astype(np.uint8).reshape(count, CANVAS, CANVAS), axis=2)


def orientation0() -> np.ndarray:
    """Classes (18432, 5) of the pictures with orientation 0, in the order of the original file."""
    return np.stack(np.meshgrid(*map(np.arange, (3, 6, 1, 32, 32)), indexing="ij"), axis=-1).reshape(-1, 5)


def images(factors: np.ndarray, source: Source = "rendered", note: str = NOTE) -> Images:
    """`Images` for any factors (N, 5): 0 and 255, labels are the shapes, `indices` the rows of the original file."""
    return Images(
        "dsprites",
        "orientation0",
        render(factors)[:, None] * np.uint8(255),
        factors[:, 0].astype(np.int64),
        CLASSES,
        source,
        note,
        index_of(factors),
        factors,
        sorted=bool((np.diff(factors[:, 0]) >= 0).all()),
    )


def state(name: str, split: str) -> Source | None:
    """Always "rendered"."""
    return "rendered"


def read(name: str, split: str) -> Images:
    """The 18,432 pictures (N, 1, 64, 64) with orientation 0, in the order of the original file."""
    return images(orientation0())


def remote(name: str, split: str) -> list[Remote]:
    """No files: the pictures are drawn."""
    return []
