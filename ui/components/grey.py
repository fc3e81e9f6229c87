"""Encoding of grey pictures sent to a component, and decoding of those it reports."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

import numpy as np


def text(image: np.ndarray) -> str:
    """Grey levels as base64, for lib/decode.js."""
    return base64.b64encode(np.ascontiguousarray(image, np.uint8).tobytes()).decode()


def read(raw: Any, shape: tuple[int, ...]) -> np.ndarray:
    """A picture uint8 of this shape from a component's report; raises ValueError for anything else."""
    try:
        levels = np.frombuffer(base64.b64decode(raw, validate=True), np.uint8)
    except (TypeError, binascii.Error) as error:
        raise ValueError("no base64") from error
    return levels.reshape(shape)


def drawn(shape: tuple[int, ...], on_drawn: Callable[[np.ndarray], None]) -> Callable[[Any], None]:
    """A handler of reports that calls on_drawn(picture) with pictures uint8 of this shape and ignores other reports."""

    def handler(raw):
        try:
            picture = read(raw, shape)
        except ValueError:
            return  # our script cannot have sent it
        on_drawn(picture)

    return handler
