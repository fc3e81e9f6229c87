"""What is drawn behind a question about a place in the plane: recorded codes of test images, or a set of points.

`mnist_vae` stands for the codes of its test images as Latent map shows them with PCA, by class; `ring` for the points
of that name in data/planar.py.
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
    """There is nothing of this name, or of this class, to draw; the text is one sentence."""


@dataclass(frozen=True)
class Background:
    """places: (n, 2). classes: (n,) numbers of names; both empty where points have no class."""

    places: np.ndarray
    classes: np.ndarray
    names: tuple[str, ...] = ()

    def shown(self, number: int) -> np.ndarray:
        """Those of the first SHOWN places that are of a class: (m, 2)."""
        return self.places[:SHOWN][self.classes[:SHOWN] == number]

    def mean(self, number: int) -> np.ndarray:
        """The mean place (2,) of a class; BackgroundError where no point is of it."""
        of_class = self.classes == number
        if not of_class.any():
            raise BackgroundError(f"there are no points of a class {number}.")
        return self.places[of_class].mean(0)


@lru_cache(maxsize=8)
def read(name: str) -> Background:
    """All points of that name; BackgroundError."""
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
