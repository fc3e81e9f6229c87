"""Two numbers about a handful of pictures that the eye can check: how sharp they are, and how different."""

import numpy as np


def edges(images):
    """Mean absolute difference of neighbouring pixels, pictures (N, C, H, W) uint8; in grey levels, 0 to 255.

    Blur lowers it; noise raises it above that of real pictures.
    """
    x = images.astype(np.float64)
    across, down = np.abs(np.diff(x, axis=3)), np.abs(np.diff(x, axis=2))
    return float((across.sum() + down.sum()) / (across.size + down.size))


def variety(images):
    """Root mean squared pixel difference of two pictures, over all pairs of N (N, C, H, W) uint8; in grey levels.

    The mean over pairs of different pictures is 2·N/(N − 1) times the variance around the mean picture, so it takes
    one pass. 0 for N equal pictures.
    """
    x = images.reshape(len(images), -1).astype(np.float64)
    return float(np.sqrt(2 * x.var(axis=0, ddof=1).mean()))
