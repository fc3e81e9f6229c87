"""What every loader returns, and the one error that it raises."""

from dataclasses import dataclass

import numpy as np


class DataError(Exception):
    """A set is missing, broken or cannot be fetched; the text is one sentence for the person."""


@dataclass(frozen=True)
class Images:
    """One split of a data set, in memory.

    images: (N, C, H, W) uint8, 0 to 255, C is 1 (grey) or 3 (RGB); binary sets hold 0 and 255 only.
    labels: (N,) int64 into `classes`, or None.
    source: "full" (all of the published split), "partial" (fewer pictures), "reduced" (all pictures, but smaller or
    grey), "sample" (shipped with the project) or "rendered" (drawn by our own code).
    note: one sentence, what this is and its licence.
    indices: (N,) int64, the rows of the published set (which, the note says) that these pictures are; or None.
    factors: (N, K) int64, the class of each generating factor (dSprites); or None.
    """

    name: str
    split: str
    images: np.ndarray
    labels: np.ndarray | None
    classes: tuple[str, ...]
    source: str
    note: str
    indices: np.ndarray | None = None
    factors: np.ndarray | None = None

    def __len__(self):
        return len(self.images)
