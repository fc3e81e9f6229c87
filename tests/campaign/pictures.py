"""Pictures of every kind and size, whole and spoiled: read or refused in a sentence, and prepared for all networks."""

import functools
import io
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image

from data import prepare
from data.pictures import PictureError, read_picture
from tests.campaign import Case, Cases

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
MODES = ("L", "RGB", "RGBA", "P", "1", "I;16", "CMYK", "LA")
SIDES = (1, 2, 3, 5, 28, 64, 200, 1000, 3000)
PRESETS = {"other": prepare.PLAIN, **prepare.PRESETS}
SHAPES = ((1, 28, 28), (1, 64, 64), (3, 32, 32), (3, 28, 28))


def content(kind: str, height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """(height, width, 3) uint8: one colour, noise, stripes, a gradient or a stroke."""
    rows, columns = np.indices((height, width))
    match kind:
        case "plain":
            grey = np.full((height, width), rng.integers(256))
        case "noise":
            return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
        case "stripes":
            grey = 255 * ((rows // rng.integers(1, 9) + columns // rng.integers(1, 9)) % 2)
        case "gradient":
            grey = 255 * (rows + columns) // (height + width)
        case _:
            grey = np.where(abs(columns * height - rows * width) < rng.integers(1, 40) * max(height, width), 20, 245)
    return np.repeat(grey[:, :, None], 3, axis=2).astype(np.uint8)


def file(rng: np.random.Generator) -> tuple[str, bytes]:
    """(what it is, bytes of a file)."""
    height, width = (int(rng.choice(SIDES)) for _ in range(2))
    kind, mode, form = (
        str(rng.choice(some)) for some in (("plain", "noise", "stripes", "gradient", ""), MODES, FORMATS)
    )
    picture, raw = Image.fromarray(content(kind, height, width, rng)), io.BytesIO()
    picture = picture.convert("I").convert("I;16") if mode == "I;16" else picture.convert(mode)
    try:
        picture.save(raw, form)
    except (OSError, ValueError):  # a format without this mode
        raw = io.BytesIO()
        picture.convert("RGB").save(raw, form)
    return f"{form} {mode} {width}×{height} {kind or 'stroke'}", raw.getvalue()


def spoiled(raw: bytes, rng: np.random.Generator) -> tuple[str, bytes]:
    """A file as it is, cut, with changed bytes, or with bytes too many."""
    match int(rng.integers(4)):
        case 0:
            return "whole", raw
        case 1:
            return "cut", raw[: int(rng.integers(len(raw)))]
        case 2:
            changed = bytearray(raw)
            for place in rng.integers(len(raw), size=int(rng.integers(1, 20))):
                changed[place] = int(rng.integers(256))
            return "changed", bytes(changed)
        case _:
            return "longer", raw + rng.bytes(50)


def cases(count: int, rng: np.random.Generator) -> Cases:
    """Files, each for one shape of input, with random switches off of every preset."""
    for number in range(count):
        words, raw = file(rng)
        how, raw = spoiled(raw, rng)
        shape = SHAPES[int(rng.integers(len(SHAPES)))]
        off = {name: [key for key in preset.switches if rng.random() < 0.3] for name, preset in PRESETS.items()}
        yield Case(f"{number}: {words}, {how}, for {shape}", functools.partial(attempt, raw, shape, off))


def attempt(raw: bytes, shape: tuple[int, int, int], off: dict[str, list[str]]) -> None:
    """Read a file and prepare its picture for every data set whose pictures have so many channels."""
    picture = answered(read_picture, raw)
    if picture is None:
        return
    for name, preset in PRESETS.items():
        if shape[0] == 3 and preset is not prepare.PLAIN:
            continue
        if steps := answered(prepare.prepare, picture, shape, preset, off[name]):
            image = steps[-1].image
            assert (image.shape, image.dtype) == (shape, np.uint8), (name, off[name], image.shape, image.dtype)


def answered(function: Callable[..., Any], *arguments: object) -> Any:
    """What the function returns, or None if it refuses with a sentence."""
    try:
        return function(*arguments)
    except PictureError as error:
        if not str(error).endswith("."):
            raise ValueError(f"no sentence: {error}") from error
        return None
