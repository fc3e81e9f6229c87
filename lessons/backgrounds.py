"""Backgrounds of questions about a place in the plane: recorded codes of test images, or a set of points.

`mnist_vae` means the codes of its test images, as Latent map shows them with PCA, by class; `ring` the points of that
name in data/planar.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import checkpoints
from data import class_names, planar

SHOWN = 500  # points of a background
SEED = 0  # of a set of points


class BackgroundError(Exception):
    """There are no points of this name or this class; the text is one sentence."""


@dataclass(frozen=True)
class Background:
    """places: (n, 2). classes: (n,) indices into names; both empty if the points have no class."""

    places: np.ndarray
    classes: np.ndarray
    names: tuple[str, ...] = ()

    def shown(self, number: int) -> np.ndarray:
        """The places (m, 2) of a class among the first SHOWN."""
        return self.places[:SHOWN][self.classes[:SHOWN] == number]

    def mean(self, number: int) -> np.ndarray:
        """The mean place (2,) of a class; raises BackgroundError if it has no points."""
        of_class = self.classes == number
        if not of_class.any():
            raise BackgroundError(f"there are no points of a class {number}.")
        return self.places[of_class].mean(0)


@lru_cache(maxsize=8)
def read(name: str) -> Background:
    """All points of that name; raises BackgroundError if there are none."""
    if name in planar.SETS:
        points = planar.SETS[name].sample(SHOWN, np.random.default_rng(SEED))
        return Background(points, np.zeros(0, int))
    try:
        card = checkpoints.read(name)
    except checkpoints.CheckpointError as error:
        raise BackgroundError(str(error)) from None
    recorded = checkpoints.preview(name)
    if "pca" not in recorded:
        raise BackgroundError(f"{name} has no recorded map of codes.")
    return Background(recorded["pca"], recorded["labels"], tuple(class_names(card.dataset["name"])))
