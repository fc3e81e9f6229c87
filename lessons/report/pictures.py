"""The pictures of a report: the stored view of each step, and the pictures for the student's link of a challenge."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
from PIL import Image

from evaluate import decoding, halves
from evaluate.shipped import Shipped
from lessons.challenges import CheckError, code_of, denoised, spoiled
from lessons.model import Lesson
from lessons.pictures import file

DIFFERENT = 3  # grey levels by which two machines' results for one picture may differ
LARGEST = 500  # pixels of a side of a student's picture


@dataclass(frozen=True)
class Pictures:
    """The pictures of one step, as data URLs or None."""

    view: str | None
    own: str | None


def of(lesson: Lesson, facts: Mapping[str, Any], shipped: Shipped) -> list[Pictures]:
    """The pictures of each step of a report with these facts."""
    return [
        Pictures(_view(lesson, place), _own(step, entry.get("challenge", {}), shipped))
        for place, (step, entry) in enumerate(zip(lesson.steps, facts["steps"], strict=True))
    ]


def _view(lesson, place):
    picture = file(lesson.name, place)
    return _url(picture.read_bytes(), "webp") if picture.exists() else None


def _own(step, challenge, shipped):
    draw = OWN.get(challenge["check"]) if challenge.get("tried") else None
    if draw is None:
        return None
    try:
        array = draw(dict(parse_qsl(challenge["view"].partition("?")[2])), step.query, shipped)
    except (CheckError, ValueError, TypeError, KeyError, IndexError, OverflowError, FloatingPointError):
        return None  # the outcome's sentences say what is wrong with the view
    return _as_png(array)


def _as_png(array):
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "PNG", optimize=True)
    return _url(buffer.getvalue(), "png")


def _url(raw, kind):
    return f"data:image/{kind};base64,{base64.b64encode(raw).decode()}"


def _of_code(query, start, shipped):
    """The decoder's pictures of the first code and of the code in the link."""
    codes = [code_of(one, start, shipped) for one in (start, query)]
    card = codes[0][0]
    return _side_by_side(decoding.decoded(shipped.model(card), np.stack([code for _, code in codes]), card.title))


def _of_denoiser(query, start, shipped):
    """The picture with noise, and denoised with a known place."""
    results = denoised(query, start, shipped)
    return _side_by_side(np.concatenate([results[name].pictures for name in ("noisy", "informed")]))


def _of_spoiled(query, start, shipped):
    """A spoiled digit of each class."""
    kind, strength = spoiled(query)
    labels = halves.halves()[2]
    first = [int(np.flatnonzero(labels == label)[0]) for label in range(10)]
    return _side_by_side(halves.spoiled(kind, strength)[first])


def _side_by_side(pictures):
    """One grey picture (H, W) of pictures (N, 1, H, W) uint8, with a line between them."""
    line = np.full((pictures.shape[2], 1), 128, np.uint8)
    parts = [part for picture in pictures for part in (picture[0], line)]
    return np.concatenate(parts[:-1], axis=1)


OWN = {
    "another_digit": _of_code,
    "sure_of_nothing": _of_code,
    "unseen_by_eye": _of_spoiled,
    "unknowable": _of_denoiser,
}


def alike(one: str, other: str) -> bool:
    """Whether two data URLs show the same picture, up to differences between machines."""
    if one == other:
        return True
    try:
        arrays = [_read(url) for url in (one, other)]
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError):
        return False
    return arrays[0].shape == arrays[1].shape and int(np.abs(arrays[0] - arrays[1]).max()) <= DIFFERENT


def _read(url):
    start, _, text = url.partition(",")
    if start != "data:image/png;base64":
        raise ValueError("no PNG")
    image = Image.open(io.BytesIO(base64.b64decode(text, validate=True)), formats=["PNG"])
    if max(image.size) > LARGEST or image.mode != "L":
        raise ValueError("no such picture")
    return np.asarray(image, int)
