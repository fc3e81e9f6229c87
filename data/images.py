"""The return type of every loader, and the only error that loaders raise."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Source = Literal["full", "partial", "reduced", "sample", "rendered"]


class DataError(Exception):
    """A set is missing, broken or cannot be fetched; the text is one sentence for the person."""


@dataclass(frozen=True)
class Images:
    """One split of a data set, in memory.

    images: (N, C, H, W) uint8, 0 to 255, C is 1 (grey) or 3 (RGB); binary sets have only 0 and 255.
    labels: (N,) int64 into `classes`, or None.
    source: "full" (all of the published split), "partial" (fewer pictures), "reduced" (all pictures, but smaller or
    grey), "sample" (shipped with the project) or "rendered" (drawn by the project's own code).
    note: the pictures' origin and licence, in one or two sentences.
    indices: (N,) int64, rows of these pictures in the published set named in the note; or None.
    factors: (N, K) int64, the class of each generating factor (dSprites); or None.
    figures: (N,) names of the hand, horse or person in each picture, if a set has several similar pictures of each;
    or None.
    sorted: whether pictures are ordered by class or name, so that the first ones are similar.
    """

    name: str
    split: str
    images: np.ndarray
    labels: np.ndarray | None
    classes: tuple[str, ...]
    source: Source
    note: str
    indices: np.ndarray | None = None
    factors: np.ndarray | None = None
    figures: np.ndarray | None = None
    sorted: bool = False

    def __len__(self) -> int:
        return len(self.images)

    def rows(self, count: int) -> np.ndarray:
        """Row numbers (count,) of representative pictures, fewer if there are not enough.

        They are the first ones, or for a sorted set random ones in random order (the same each time).
        """
        if self.sorted and count < len(self):
            return np.random.default_rng(0).permutation(len(self))[:count]
        return np.arange(min(count, len(self)))
