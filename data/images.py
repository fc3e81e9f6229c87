"""What every loader returns, and the one error that it raises."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Source = Literal["full", "partial", "reduced", "sample", "rendered"]


class DataError(Exception):
    """A set is missing, broken or cannot be fetched; the text is one sentence for the person."""


@dataclass(frozen=True)
class Images:
    """One split of a data set, in memory.

    images: (N, C, H, W) uint8, 0 to 255, C is 1 (grey) or 3 (RGB); binary sets hold 0 and 255 only.
    labels: (N,) int64 into `classes`, or None.
    source: "full" (all of the published split), "partial" (fewer pictures), "reduced" (all pictures, but smaller or
    grey), "sample" (shipped with the project) or "rendered" (drawn by the project's own code).
    note: what the pictures are and their licence, in one sentence or two.
    indices: (N,) int64, the rows of these pictures in the published set that the note names; or None.
    factors: (N, K) int64, the class of each generating factor (dSprites); or None.
    figures: (N,) names of the hand, horse or person that each picture shows, where a set has several pictures of one,
    which are almost alike; or None.
    sorted: whether they stand in the order of their classes or names, so that the first ones are alike.
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
        """Row numbers (count,) of pictures that stand for all, fewer where there are not so many.

        They are the first ones, or random ones (the same each time) in random order of a sorted set.
        """
        if self.sorted and count < len(self):
            return np.random.default_rng(0).permutation(len(self))[:count]
        return np.arange(min(count, len(self)))
