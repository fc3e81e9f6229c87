"""Sharpness and variety of a set of pictures, by measures that can be checked by eye."""

import numpy as np
from scipy.ndimage import laplace
from scipy.spatial.distance import pdist, squareform


def edges(images: np.ndarray) -> float:
    """Mean absolute difference of neighbouring pixels of pictures (N, C, H, W) uint8; in grey levels, 0 to 255.

    Blur lowers it; noise raises it above that of real pictures.
    """
    x = images.astype(np.float64)
    across, down = np.abs(np.diff(x, axis=3)), np.abs(np.diff(x, axis=2))
    return float((across.sum() + down.sum()) / (across.size + down.size))


def variety(images: np.ndarray) -> float:
    """Root mean squared pixel difference over all pairs of N pictures (N, C, H, W) uint8; in grey levels.

    The mean square over pairs is 2·N/(N − 1) times the variance around the mean picture, so one pass is enough.
    0 for N equal pictures.
    """
    x = images.reshape(len(images), -1).astype(np.float64)
    return float(np.sqrt(2 * x.var(axis=0, ddof=1).mean()))


def laplacian_variance(images: np.ndarray) -> float:
    """Variance of a picture's Laplacian (Pech-Pacheco et al. 2000), mean over pictures (N, C, H, W) uint8.

    In squared grey levels; colour is averaged first. Blur lowers it, noise raises it far above that of real pictures.
    """
    grey = images.astype(np.float64).mean(axis=1)
    return float(np.mean([laplace(picture, mode="nearest").var() for picture in grey]))


def nearest_other(images: np.ndarray) -> float:
    """Mean Euclidean distance from each of N ≥ 2 pictures (N, C, H, W) uint8 to its nearest other, pixels in [0, 1].

    0 where every picture occurs twice.
    """
    distances = squareform(pdist(images.reshape(len(images), -1).astype(np.float64) / 255))
    np.fill_diagonal(distances, np.inf)
    return float(distances.min(axis=1).mean())


def outline(images: np.ndarray) -> np.ndarray:
    """Outline length of black and white pictures (N, C, H, W) uint8: the number (N,) of neighbouring pairs that differ.

    Grey levels from 128 are white. A rough outline is longer than a smooth one around the same stroke.
    """
    white = images >= 128
    down, across = (np.diff(white, axis=axis).sum(axis=(1, 2, 3)) for axis in (2, 3))
    return down + across
