"""Real numbers on their way to a component."""

import base64

import numpy as np


def text(numbers: np.ndarray) -> str:
    """Little-endian float32 numbers, row by row, in base64, as `floats` in lib/decode.js takes them."""
    return base64.b64encode(np.asarray(numbers, "<f4").tobytes()).decode()
