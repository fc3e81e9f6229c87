"""Example pictures for visitors without their own: drawn faces in which five factors vary.

Colour, width of the face, how far the eyes are open, where they look, and the mouth, from sad to glad. Two folders are
the classes.
"""

from __future__ import annotations

import colorsys
import io
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageDraw

COUNT = 500
TITLE = "Drawn faces"
SIDE = 64  # pixels of a picture
LARGER = 4  # times as large while drawing, for smooth edges
PAGE, INK, WHITE = (246, 244, 238), (38, 34, 46), (255, 255, 255)


def files(count: int = COUNT, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """(name, PNG bytes) of `count` faces from a seed, drawn one by one; the folder is the class."""
    random = np.random.default_rng(seed)
    for number in range(count):
        mouth = random.uniform(-1, 1)
        buffer = io.BytesIO()
        hue, width, eyes, look = random.uniform(size=4).tolist()
        face(hue, width, eyes, look, mouth).save(buffer, "PNG", compress_level=1)
        yield f"faces/{'glad' if mouth > 0 else 'sad'}/{number:03}.png", buffer.getvalue()


def face(hue: float, width: float, eyes: float, look: float, mouth: float) -> Image.Image:
    """A face of SIDE×SIDE pixels, RGB. mouth: from −1, sad, to 1, glad; all others from 0 to 1."""
    side = SIDE * LARGER
    image = Image.new("RGB", (side, side), PAGE)
    draw = ImageDraw.Draw(image)
    middle, line = side / 2, side // 24

    def oval(x: float, y: float, across: float, down: float, fill: tuple[int, ...], outline: int = 0) -> None:
        box = (x - across, y - down, x + across, y + down)
        draw.ellipse(box, fill, INK if outline else None, outline)

    across, down = side * (0.28 + 0.17 * width), side * 0.43
    red, green, blue = (round(255 * share) for share in colorsys.hsv_to_rgb(hue, 0.55, 0.96))
    oval(middle, middle, across, down, (red, green, blue), line)
    open_eye = side * (0.02 + 0.075 * eyes)
    for centre in (middle - 0.42 * across, middle + 0.42 * across):
        oval(centre, side * 0.4, side * 0.085, open_eye, WHITE, line // 2)
        pupil = min(open_eye, side * 0.045)
        oval(centre + side * 0.05 * (2 * look - 1), side * 0.4, pupil, pupil, INK)
    reach = 0.5 * across
    curve = [
        (middle + x * reach, side * 0.68 + mouth * side * 0.13 * (0.5 - x * x)) for x in np.linspace(-1, 1, 33).tolist()
    ]
    draw.line(curve, INK, line, "curve")
    return image.resize((SIDE, SIDE), Image.Resampling.BOX)
