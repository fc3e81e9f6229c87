"""Synthetic street numbers: `street_digits`, drawn by our own code in the format of SVHN, in case that is missing.

32×32 RGB; the label is the digit in the middle. Thirteen typefaces with varying weight, width and slant, seen from an
angle; neighbouring digits cut off by the edge; plates, gradients, shadows, stains, blur and sensor noise. No picture is
a photograph.

Each block of 100 pictures has its own seed, so that picture i of a split depends on nothing else, and contains each
digit ten times. Rotations are computed from the tangent of half their angle, and noise from sums of random bytes. So
only sums, products, quotients and square roots are needed, whose rounding IEEE 754 defines: pictures are the same on
every machine.
"""

import numpy as np

from data import street_glyphs
from data.download import Remote
from data.images import Images, Source
from data.street_glyphs import COLUMNS, HEIGHT, LEFT, ROWS, STEP, TOP

SPLITS = ("train", "test")
COUNTS = {"train": 50_000, "test": 10_000}
SEEDS = {"train": 1, "test": 2}
CLASSES = tuple("0123456789")
NOTE = "Synthetic street numbers (no photographs), drawn by our own code."
SIDE = 32  # px
MARGIN = 3  # px around the picture while drawing: room for shadows and blur
CANVAS = SIDE + 2 * MARGIN
BLOCK = 100  # pictures drawn at once: few enough for the processor's cache


def render(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The first `count` pictures (N, 3, 32, 32) uint8 of a seed and their labels (N,) int64."""
    blocks = [_block(seed, number) for number in range(-(-count // BLOCK))]
    if not blocks:
        return np.empty((0, 3, SIDE, SIDE), np.uint8), np.empty(0, np.int64)
    pictures, labels = (np.concatenate(parts)[:count] for parts in zip(*blocks, strict=True))
    return pictures, labels


def _block(seed: int, number: int) -> tuple[np.ndarray, np.ndarray]:
    draw = Draw(seed, number)
    labels = draw.random.permutation(BLOCK) % 10
    field, units = _number(draw, labels)
    pictures = _sensor(draw, _blur(draw, _paint(draw, field, units)))
    return pictures, labels.astype(np.int64)


class Draw:
    """Random numbers for the N pictures of a block, float32 (N, 1, 1) or (N, *shape, 1, 1).

    They broadcast with pictures (N, H, W) and (N, C, H, W). RandomState gives the same numbers in every version of
    NumPy.
    """

    def __init__(self, seed: int, number: int):
        self.random = np.random.RandomState([seed, number])

    def uniform(self, low: float, high: float, *shape: int) -> np.ndarray:
        """Uniform in [low, high)."""
        values = self.random.random_sample((BLOCK, *shape, 1, 1)).astype(np.float32)
        return np.float32(low) + np.float32(high - low) * values

    def skewed(self, low: float, high: float, *shape: int) -> np.ndarray:
        """The square of a uniform number, scaled to [low, high]: mostly near `low`."""
        values = self.uniform(0, 1, *shape)
        return np.float32(low) + np.float32(high - low) * values * values

    def signed(self, limit: float, *shape: int) -> np.ndarray:
        """In ±limit, mostly near 0."""
        values = self.uniform(-1, 1, *shape)
        return np.float32(limit) * values * np.abs(values)

    def happens(self, probability: float) -> np.ndarray:
        """True with this probability, bool (N, 1, 1)."""
        return self.uniform(0, 1) < probability


def _pixels():
    """Centres of the canvas's pixels relative to its middle, in px: x (1, 1, CANVAS) and y (1, CANVAS, 1)."""
    centres = np.arange(CANVAS, dtype=np.float32) - np.float32((CANVAS - 1) / 2)
    return centres[None, None, :], centres[None, :, None]


def _turn(half):
    """Cosine and sine of the angle whose half has this tangent."""
    square = half * half
    return (1 - square) / (1 + square), 2 * half / (1 + square)


def _number(draw, labels):
    """Field (N, CANVAS, CANVAS) of the digit and its neighbours, in units, and the units per pixel there."""
    x, y = _pixels()
    cos, sin = _turn(draw.signed(0.13))
    tall = draw.uniform(17, 27)  # px
    scale, narrow = HEIGHT / tall, draw.uniform(1, 1.9)
    x, y = x - draw.signed(3), y - draw.signed(3)
    depth = 1 + (draw.signed(0.35) * x + draw.signed(0.25) * y) / SIDE
    across, down = (cos * x + sin * y) / depth, (cos * y - sin * x) / depth
    v = HEIGHT / 2 + scale * down
    u = 30 + scale * narrow * across + draw.signed(0.3) * (v - HEIGHT / 2)
    u = u + draw.signed(0.0025) * (v - HEIGHT / 2) * (v - HEIGHT / 2)

    fields, reach = street_glyphs.atlas()
    face = draw.random.randint(len(fields), size=BLOCK)
    weight = draw.uniform(5, 12)
    # Centre the ink of the digit, not its box.
    left, right = (reach[face, labels, side][:, None, None] for side in (0, 1))
    u = u + (left + right) / 2 - 30
    field = _look_up(fields, face, labels, u, v)
    gap = 2 * weight + draw.skewed(4, 34)
    for side in (-1, 1):
        digit = draw.random.randint(10, size=BLOCK)
        near, far = (reach[face, digit, end][:, None, None] for end in ((1, 0) if side < 0 else (0, 1)))
        shift = (left - gap - near) if side < 0 else (right + gap - near)
        slip = draw.signed(8)
        there = draw.happens(0.62)
        for step in range(2):  # the neighbour, and for small digits the next one
            other = digit if step == 0 else draw.random.randint(10, size=BLOCK)
            if step:
                # It starts where the first one ends.
                edge = far + shift + side * gap
                near = reach[face, other, 1 if side < 0 else 0][:, None, None]
                shift, there = edge - near, there & draw.happens(0.6)
            rows = np.flatnonzero(there)
            neighbour = _look_up(fields, face[rows], other[rows], (u - shift)[rows], (v - slip)[rows])
            field[rows] = np.minimum(field[rows], neighbour)
    return field - weight, scale * np.sqrt(narrow) / depth


def _look_up(fields, face, digit, u, v):
    """Fields of these glyphs (N,) at points (N, H, W) in units, bilinear; outside, the nearest point of the edge."""
    across = np.clip((u - LEFT) / np.float32(STEP), 0, COLUMNS - 1.001)
    down = np.clip((v - TOP) / np.float32(STEP), 0, ROWS - 1.001)
    column, row = across.astype(np.int32), down.astype(np.int32)
    a, b = across - column.astype(np.float32), down - row.astype(np.float32)
    start = ((face * 10 + digit) * (ROWS * COLUMNS)).astype(np.int32)[:, None, None] + row * COLUMNS + column
    flat = fields.reshape(-1)
    above, below = flat.take(start), flat.take(start + COLUMNS)
    above += a * (flat.take(start + 1) - above)
    below += a * (flat.take(start + COLUMNS + 1) - below)
    return above + b * (below - above)


def _cover(edge, soft):
    """Share of a pixel inside an edge, from the signed distance (px, negative inside) and the edge's softness (px)."""
    return np.clip(np.float32(0.5) - edge / soft, 0, 1)


def _half_plane(draw, near, far):
    """Signed distance in px to a random line, `near` to `far` px from the middle, which is outside."""
    x, y = _pixels()
    cos, sin = _turn(draw.uniform(-1, 1))
    sign = np.where(draw.happens(0.5), np.float32(1), np.float32(-1))
    cos, sin = sign * cos, sign * sin
    swap = draw.happens(0.5)
    cos, sin = np.where(swap, sin, cos), np.where(swap, -cos, sin)
    return cos * x + sin * y + draw.uniform(near, far)


def _colour(draw, luma):
    """Colours (N, 3, 1, 1) with this luma: mostly near grey, then between blue and brown; few are strong or have other
    hues. Values out of range are clipped later."""
    warm, green = draw.uniform(-1, 1), draw.signed(0.6)
    strength = draw.skewed(4, 36) + np.where(draw.happens(0.14), draw.uniform(15, 60), 0)
    tint = np.stack([warm - green / 2, green - warm / 5, -warm - green / 2], axis=1)
    cast = np.array([-2, 0, 5], np.float32)[:, None, None]  # photographs taken in the shade are bluish
    return luma[:, None] + strength[:, None] * tint + cast


def _stains(draw, cells):
    """(N, CANVAS, CANVAS) in [−1, 1]: random values at (cells + 1)² points, bilinear between them."""
    values = draw.random.random_sample((BLOCK, cells + 1, cells + 1)).astype(np.float32) * 2 - 1
    at = np.arange(CANVAS, dtype=np.float32) * np.float32(cells / CANVAS)
    low = at.astype(np.int64)
    share = at - low.astype(np.float32)
    rows = values[:, low] + share[:, None] * (values[:, low + 1] - values[:, low])
    return rows[:, :, low] + share * (rows[:, :, low + 1] - rows[:, :, low])


def _paint(draw, field, units):
    """Pictures (N, 3, CANVAS, CANVAS) in grey levels, without blur and noise."""
    x, y = _pixels()
    contrast = draw.skewed(42, 200)
    sign = np.where(draw.happens(0.5), np.float32(1), np.float32(-1))
    middle = draw.uniform(60, 185)
    wall = _colour(draw, middle - sign * contrast / 2)
    ink = _colour(draw, middle + sign * contrast / 2)

    edge = field / units  # px from the edge of the stroke, negative inside
    soft = draw.uniform(0.9, 1.6)
    inked = _cover(edge, soft)
    line = draw.uniform(0.7, 1.4)
    outlined = draw.happens(0.05)
    inked = np.where(outlined, _cover(np.abs(edge) - line, soft), inked)

    # The wall; at its edges another wall, a door frame or the end of a plate.
    picture = wall + np.zeros((1, 1, CANVAS, CANVAS), np.float32)
    for probability in (0.28, 0.12):
        beyond = np.where(draw.happens(probability), _cover(_half_plane(draw, 10, 17), 1), 0)[:, None]
        other = _colour(draw, draw.uniform(20, 235))
        picture += beyond * (other - picture)

    # The shadow of the digits, then the digits; some have an outline.
    rim = np.where(draw.happens(0.12), _cover(edge - draw.uniform(1, 2), soft), 0)[:, None]
    picture += rim * (_colour(draw, draw.uniform(10, 245)) - picture)
    across, down = draw.random.randint(-2, 3, size=(2, BLOCK, 1, 1))
    index = np.arange(CANVAS)
    rows, columns = (np.clip(index[:, None] - down, 0, CANVAS - 1), np.clip(index - across, 0, CANVAS - 1))
    cast = inked[np.arange(BLOCK)[:, None, None], rows, columns]
    cast = np.where(draw.happens(0.3), cast * draw.uniform(0.2, 0.6), 0)[:, None]
    picture *= 1 - cast
    shade = draw.signed(40) * y / SIDE + draw.signed(40) * x / SIDE
    picture += inked[:, None] * (ink + shade[:, None] - picture)

    # Light: a gradient, stains, and the edge of a shadow.
    light = draw.signed(0.6) * x / SIDE + draw.signed(0.7) * y / SIDE
    light = light + draw.skewed(0, 0.3) * _stains(draw, 3) + draw.skewed(0, 0.2) * _stains(draw, 9)
    shadow = _cover(_half_plane(draw, -6, 14), draw.uniform(1, 8)) * draw.uniform(0.2, 0.6)
    light = light - np.where(draw.happens(0.2), shadow, 0)
    picture *= 1 + light[:, None]
    return picture


def _blur(draw, picture):
    """(N, 3, CANVAS, CANVAS) -> (N, 3, 32, 32): out of focus, shaken, or enlarged from a few pixels."""
    for axis in (2, 3):
        strength = draw.uniform(0, 0.9)
        for spread in (1, 2):
            share = (strength / 3)[:, None]
            before = _cut(picture, axis, 0, -2 * spread)
            middle = _cut(picture, axis, spread, -spread)
            after = _cut(picture, axis, 2 * spread, None)
            picture = middle + share * (before + after - 2 * middle)
    return picture


def _cut(array, axis, start, stop):
    return array[(slice(None),) * axis + (slice(start, stop),)]


def _sensor(draw, picture):
    """Grey levels -> uint8 with sensor noise: sums of bytes, nearly normal; one part is shared by the colours."""
    raw = np.frombuffer(draw.random.bytes(BLOCK * 3 * 4 * SIDE * SIDE), np.uint8).reshape(3, BLOCK, 4, SIDE, SIDE)
    noise = (raw.sum(axis=0, dtype=np.int32) - 382).astype(np.float32) / np.float32(128)  # deviation 1, from −3 to 3
    picture += draw.skewed(0.3, 3)[:, None] * noise[:, 3:]
    picture += draw.skewed(0.3, 2.5)[:, None] * noise[:, :3]
    return np.floor(np.clip(picture, 0, 255) + np.float32(0.5)).astype(np.uint8)


def images(split: str, count: int, source: Source = "rendered", note: str = NOTE) -> Images:
    """`Images` of the first `count` pictures of a split; `indices` are their rows there."""
    pictures, labels = render(SEEDS[split], count)
    return Images("street_digits", split, pictures, labels, CLASSES, source, note, np.arange(count))


def state(name: str, split: str) -> Source | None:
    """Always "rendered"."""
    return "rendered"


def read(name: str, split: str) -> Images:
    """All pictures (N, 3, 32, 32) of the split."""
    return images(split, COUNTS[split])


def remote(name: str, split: str) -> list[Remote]:
    """No files: the pictures are drawn."""
    return []
