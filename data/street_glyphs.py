"""The digits of `street_digits`: thirteen typefaces drawn as pen strokes, so that no font file is needed.

A face is a skeleton (strokes in a box 60 wide and 100 high, y down), a pen that follows it, and the shape of its bends.
A glyph is stored not as a picture but as a distance field: how far each point is from the stroke's middle line,
measured with the pen. Every weight, outline and blur of the glyph is then a threshold of that field.

Only sums, products, quotients, square roots and comparisons are used, which IEEE 754 rounds in the same way everywhere:
the fields are the same on every machine.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

HEIGHT = 100  # of a digit, in its own units
STEP = 2.5  # units between two points of a field
LEFT, TOP = -40, -40  # of the field, in units
COLUMNS, ROWS = 57, 73  # of the field: 140 × 180 units
PIECES = 6  # straight pieces per curve

# Strokes: M moves, L draws a line, C a cubic Bézier curve, h and v a quarter turn that starts horizontally or
# vertically. The coordinates follow the letter, with the end point last.
GROTESQUE = (
    "M 30 0 h 60 50 v 30 100 h 0 50 v 30 0",
    "M 6 24 L 34 0 L 34 100",
    "M 2 28 v 30 0 h 58 28 C 58 50 20 70 2 100 L 60 100",
    "M 3 22 v 29 0 h 56 24 v 26 48 h 60 73 v 29 100 h 0 78",
    "M 45 100 L 45 0 L 0 70 L 62 70",
    "M 54 0 L 12 0 L 6 46 C 12 38 22 36 30 36 h 60 67 v 29 100 h 0 80",
    "M 57 20 v 32 0 h 0 55 L 0 68 M 0 68 v 30 38 h 60 68 v 30 100 h 0 68",
    "M 0 0 L 60 0 C 40 34 25 66 22 100",
    "M 30 46 h 4 23 v 30 0 h 56 23 v 30 46 h 60 73 v 30 100 h 0 73 v 30 46",
    "M 3 80 v 28 100 h 60 45 L 60 32 M 60 32 v 30 62 h 0 32 v 30 0 h 60 32",
)
GEOMETRIC = (
    "M 32 0 h 64 50 v 32 100 h 0 50 v 32 0",
    "M 30 0 L 30 100",
    "M 2 30 v 30 0 h 58 30 C 58 46 48 54 40 62 L 2 100 L 60 100",
    "M 4 0 L 56 0 L 27 38 h 60 69 v 28 100 h 0 76",
    "M 30 0 L 0 64 L 62 64 M 42 38 L 42 100",
    "M 56 0 L 16 0 L 8 40 L 30 36 h 60 68 v 30 100 h 0 84",
    "M 46 0 L 6 54 M 0 70 v 30 40 h 60 70 v 30 100 h 0 70",
    "M 0 0 L 60 0 L 22 100",
    "M 30 42 h 8 21 v 30 0 h 52 21 v 30 42 h 60 71 v 30 100 h 0 71 v 30 42",
    "M 14 100 L 54 46 M 60 30 v 30 60 h 0 30 v 30 0 h 60 30",
)
SERIF = (
    "M 30 0 h 58 50 v 30 100 h 2 50 v 30 0",
    "M 8 14 L 32 0 L 32 100 M 12 100 L 52 100",
    "M 6 30 L 6 25 v 30 0 h 56 28 C 56 54 16 74 4 98 L 56 98 L 61 78",
    "M 6 28 L 6 22 v 28 0 h 54 24 v 24 48 h 59 73 v 28 100 h 2 78 L 3 70",
    "M 44 100 L 44 0 L 0 72 L 62 72 M 30 100 L 58 100",
    "M 52 -4 L 50 3 L 12 3 L 8 46 C 14 40 22 38 30 38 h 58 68 v 28 100 h 2 82 L 3 74",
    "M 54 8 C 30 4 2 30 2 66 M 2 68 v 30 40 h 58 69 v 30 100 h 2 68",
    "M 2 20 L 3 2 L 60 2 C 40 38 27 68 26 100",
    "M 30 46 h 5 23 v 30 0 h 55 23 v 30 46 h 59 73 v 30 100 h 1 73 v 30 46",
    "M 6 92 C 30 96 58 70 58 34 M 58 32 v 30 60 h 2 31 v 30 0 h 58 32",
)
WRITTEN = (
    "M 34 2 C 8 0 -4 50 4 78 C 12 106 50 104 56 56 C 60 20 48 2 28 4",
    "M 12 22 L 38 0 L 28 100",
    "M 6 22 C 10 -6 54 -8 52 24 C 50 52 18 74 4 96 C 16 84 24 90 36 96 C 46 100 52 98 60 88",
    "M 8 8 C 34 -10 62 8 52 28 C 46 42 34 44 24 44 C 44 42 62 54 56 76 C 50 104 14 104 2 88",
    "M 18 0 L 4 56 L 60 50 M 46 26 L 36 100",
    "M 16 4 L 8 44 C 30 34 58 40 56 68 C 54 102 16 104 2 90 M 15 4 L 58 0",
    "M 46 0 C 16 20 -2 56 4 80 C 10 106 54 102 54 74 C 54 50 18 50 6 72",
    "M 2 6 C 20 2 40 8 58 2 C 40 34 30 66 24 100 M 14 52 L 52 47",
    "M 50 14 C 36 -8 4 0 8 22 C 12 42 54 50 54 78 C 54 104 4 106 4 78 C 4 54 52 40 52 16",
    "M 52 18 C 40 -6 4 -2 4 26 C 4 52 44 52 52 20 C 52 50 48 80 34 100",
)
IRONWORK = (
    "M 30 0 C 68 14 68 86 30 100 C -8 86 -8 14 30 0",
    "M 14 20 C 24 18 30 10 32 0 L 32 90 C 32 98 40 100 48 98",
    "M 12 32 C -4 24 6 0 28 0 C 62 0 62 32 36 56 C 20 70 8 84 4 98 C 24 82 40 106 60 88",
    "M 2 12 C 14 4 30 2 56 2 L 28 40 C 74 40 70 100 26 100 C 12 100 0 92 4 80",
    "M 34 0 C 30 30 14 54 0 66 C 24 60 44 72 64 62 M 44 40 C 48 60 46 84 42 100",
    "M 12 0 C 26 8 42 6 56 -4 M 12 0 L 10 44 C 30 30 60 36 60 66 C 60 104 10 110 4 84",
    "M 56 4 C 24 0 0 36 2 68 C 4 110 58 110 58 70 C 58 34 16 34 4 62",
    "M 2 18 C 4 2 14 0 26 4 C 40 8 50 6 60 0 C 44 26 24 56 30 100",
    "M 52 8 C 30 -8 2 2 8 24 C 14 44 58 48 58 76 C 58 108 0 108 2 76 C 4 52 52 44 52 8",
    "M 4 96 C 36 100 60 64 58 32 C 56 -10 2 -10 2 30 C 2 66 44 66 56 38",
)
BARS = {
    "a": "M 7 0 L 53 0",
    "b": "M 60 7 L 60 43",
    "c": "M 60 57 L 60 93",
    "d": "M 7 100 L 53 100",
    "e": "M 0 57 L 0 93",
    "f": "M 0 7 L 0 43",
    "g": "M 7 50 L 53 50",
}
SEGMENTS = "abcdef", "bc", "abdeg", "abcdg", "bcfg", "acdfg", "acdefg", "abc", "abcdefg", "abcdfg"
DISPLAY = tuple(" ".join(BARS[bar] for bar in bars) for bars in SEGMENTS)


@dataclass(frozen=True)
class Face:
    """How ten skeletons become glyphs.

    bend: share of a quarter turn's sides that is curved.
    fullness: of its Bézier handles; 0.5523 gives a circle, 0 cuts the corner.
    flat: whether lines have flat ends.
    pen: (a, b, c, d) maps a step (x, y) to (ax + by, cx + dy), whose length is the distance for this pen.
    bridges: distance of the pen from the middle of a stencil's gaps, in units; 0 for a glyph without gaps.
    """

    name: str
    skeleton: tuple[str, ...]
    bend: float = 1.0
    fullness: float = 0.5523
    flat: bool = True
    pen: tuple[float, float, float, float] = (1, 0, 0, 1)
    bridges: float = 0


UPRIGHT = (0.8, 0, 0, 1.6)  # thick stems, thin hairlines
SLANTED = (0.75, 0.6, -0.75, 1.5)  # a broad nib
FACES = (
    Face("grotesque", GROTESQUE),
    Face("rounded", GROTESQUE, bend=0.85, fullness=0.65, flat=False),
    Face("gothic", GROTESQUE, bend=0.35),
    Face("athletic", GROTESQUE, bend=0.8, fullness=0),
    Face("geometric", GEOMETRIC),
    Face("square", GEOMETRIC, bend=0.6, fullness=0.75),
    Face("didone", SERIF, pen=UPRIGHT),
    Face("slab", SERIF, bend=0.8),
    Face("written", WRITTEN, flat=False),
    Face("nib", WRITTEN, pen=SLANTED, flat=False),
    Face("ironwork", IRONWORK, pen=UPRIGHT, flat=False),
    Face("display", DISPLAY),
    Face("stencil", GROTESQUE, bend=0.9, bridges=12),
)


def pieces(strokes: str, face: Face) -> tuple[np.ndarray, np.ndarray]:
    """Straight pieces (S, 4) x0, y0, x1, y1 of a digit's strokes, in units, and whether each is a line, (S,) bool."""
    tokens, at, segments, lines = strokes.split(), (0.0, 0.0), [], []

    def line(end):
        nonlocal at
        if end != at:
            segments.append((*at, *end))
            lines.append(True)
        at = end

    def curve(one, two, end):
        nonlocal at
        last = at
        for k in range(1, PIECES + 1):
            t, s = k / PIECES, 1 - k / PIECES
            weights = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            point = tuple(
                weights[0] * a + weights[1] * b + weights[2] * c + weights[3] * d
                for a, b, c, d in zip(at, one, two, end, strict=True)
            )
            segments.append((*last, *point))
            lines.append(False)
            last = point
        at = end

    def between(a, b, share):
        return tuple(p + share * (q - p) for p, q in zip(a, b, strict=True))

    while tokens:
        letter = tokens.pop(0)
        numbers = [float(tokens.pop(0)) for _ in range(6 if letter == "C" else 2)]
        end = tuple(numbers[-2:])
        match letter:
            case "M":
                at = end
            case "L":
                line(end)
            case "C":
                curve(tuple(numbers[:2]), tuple(numbers[2:4]), end)
            case _:
                corner = (end[0], at[1]) if letter == "h" else (at[0], end[1])
                line(between(corner, at, face.bend))
                turned = between(corner, end, face.bend)
                curve(between(at, corner, face.fullness), between(turned, corner, face.fullness), turned)
                line(end)
    return np.array(segments), np.array(lines)


def field(digit: int, face: Face) -> np.ndarray:
    """Distance of each grid point from the glyph's middle line, measured with the face's pen, in units of the glyph.

    (ROWS, COLUMNS) float32, with the point (0, 0) at x = LEFT, y = TOP and a spacing of STEP.

    At a flat end, distances are those from a square along the line instead of a circle around its end.
    """
    ends, lines = pieces(face.skeleton[digit], face)
    x0, y0, x1, y1 = ends.T[:, :, None]
    a, b, c, d = face.pen
    x, y = (grid.ravel() for grid in np.meshgrid(LEFT + STEP * np.arange(COLUMNS), TOP + STEP * np.arange(ROWS)))

    def pen(dx, dy):
        return a * dx + b * dy, c * dx + d * dy

    (px, py), (qx, qy) = pen(x - x0, y - y0), pen(x1 - x0, y1 - y0)
    length = np.sqrt(qx * qx + qy * qy)
    along, across = (px * qx + py * qy) / length, np.abs(px * qy - py * qx) / length
    beyond = np.maximum(np.maximum(-along, along - length), 0)
    distance = np.sqrt(across * across + beyond * beyond)
    if face.flat:
        distance = np.where(lines[:, None], np.maximum(across, beyond), distance)
    nearest = distance.min(axis=0)
    if face.bridges:
        # Vertical gaps in a round digit, horizontal ones in a straight digit.
        gap = np.abs(y - 50) if digit in (1, 4, 7) else np.abs(x - 30)
        nearest = np.maximum(nearest, face.bridges - gap)
    return nearest.reshape(ROWS, COLUMNS).astype(np.float32)


@lru_cache(maxsize=1)
def atlas() -> tuple[np.ndarray, np.ndarray]:
    """Fields (faces, 10, ROWS, COLUMNS) float32, and the least and greatest x of each middle line (faces, 10, 2)."""
    fields = np.stack([np.stack([field(digit, face) for digit in range(10)]) for face in FACES])
    reach = np.array([[_reach(face, digit) for digit in range(10)] for face in FACES], np.float32)
    return fields, reach


def _reach(face: Face, digit: int) -> tuple[float, float]:
    across = pieces(face.skeleton[digit], face)[0][:, ::2]
    return across.min(), across.max()
