"""Latent codes sent to the live explorer and back: the values of its sliders, and checks of its reports."""

import numpy as np

STEPS = np.round(np.arange(-15, 16) * 0.2, 1).astype(np.float32)  # values of a slider; the same as in explorer/rows.js
EXACT = 6.0  # number fields go from −6 to 6
LARGEST = 100.0  # sliders, number fields and the plane reach no larger coordinate


def checked(values: object, latent: int) -> np.ndarray | None:
    """A reported code as (latent,) float32, or None if it is invalid (the browser is not trusted)."""
    try:
        code = np.asarray(values, np.float32)
    except (TypeError, ValueError):
        return None
    valid = code.shape == (latent,) and np.isfinite(code).all() and np.abs(code).max() <= LARGEST
    return code if valid else None


def sweep(code: np.ndarray, dimensions: list[int], steps: np.ndarray = STEPS) -> np.ndarray:
    """Codes of a sheet, row by row: (len(dimensions) · len(steps), latent) float32 around a code (latent,)."""
    codes = np.tile(np.asarray(code, np.float32), (len(dimensions), len(steps), 1))
    for row, dimension in enumerate(dimensions):
        codes[row, :, dimension] = steps
    return codes.reshape(-1, codes.shape[-1])


def plain_floats(code: np.ndarray) -> list[float]:
    """float32 numbers as the shortest decimals that convert back exactly: 0.2 and not 0.20000000298."""
    return [float(str(value)) for value in np.asarray(code, np.float32)]
