"""Grey pictures on their way to a component and back."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

import numpy as np


def text(image: np.ndarray) -> str:
    """Grey levels as base64, as lib/decode.js reads them."""
    return base64.b64encode(np.ascontiguousarray(image, np.uint8).tobytes()).decode()


def read(raw: Any, shape: tuple[int, ...]) -> np.ndarray:
    """A picture uint8 of this shape from what a component reported; ValueError for anything else."""
    try:
        levels = np.frombuffer(base64.b64decode(raw, validate=True), np.uint8)
    except (TypeError, binascii.Error) as error:
        raise ValueError("no base64") from error
    return levels.reshape(shape)


def drawn(shape: tuple[int, ...], on_drawn: Callable[[np.ndarray], None]) -> Callable[[Any], None]:
    """A handler of reports that calls on_drawn(picture) with pictures uint8 of this shape, and for nothing else."""

    def handler(raw):
        try:
            picture = read(raw, shape)
        except ValueError:
            return  # not what our script sends
        on_drawn(picture)

    return handler
