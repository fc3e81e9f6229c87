"""Arrays of weights as text in JSON."""

import base64

import numpy as np


def pack(weights: np.ndarray) -> str:
    """An array of any shape as base64 of little-endian float16, row by row.

    Raises ValueError if a number is not finite or too large.
    """
    with np.errstate(over="ignore"):
        small = np.asarray(weights, "<f2")
    if not np.isfinite(small).all():
        raise ValueError("Weights that are not finite cannot be stored.")
    return base64.b64encode(small.tobytes()).decode()


def unpack(text: str) -> np.ndarray:
    """The numbers (N,) given to `pack`, rounded to float16, as float32. Raises ValueError for damaged text."""
    return np.frombuffer(base64.b64decode(text, validate=True), "<f2").astype(np.float32)
