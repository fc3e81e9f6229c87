"""1,797 handwritten digits of 8×8 pixels, small enough for a network that trains in a browser.

The test part of "Optical recognition of handwritten digits" (Alpaydin & Kaynak 1998, UCI, CC BY 4.0), from
scikit-learn.
"""

import numpy as np

SIDE, GREYS = 8, 16  # pixels along each side; the highest grey level


def small_digits() -> tuple[np.ndarray, np.ndarray]:
    """(pictures (1797, 64) uint8 from 0 to 16, digits (1797,) int64), in the order of the source."""
    from sklearn.datasets import load_digits  # takes a second, and no other page needs it

    pictures, digits = load_digits(return_X_y=True)
    return np.asarray(pictures, np.uint8), np.asarray(digits, np.int64)
