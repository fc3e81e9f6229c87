"""What a measurement has given so far: plain values. Imports no torch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

SHOWN = 10  # pictures beside a number


@dataclass(frozen=True)
class Score:
    """One number: value ± spread, what it was measured on, and the value of real pictures (NaN where there is none).

    floor_words: which real pictures took the place of the samples, and how many.
    """

    model: str
    metric: str
    value: float
    spread: float
    floor: float
    protocol: str
    floor_words: str = ""


@dataclass(kw_only=True)
class Results:
    """seen and total count the pictures that a network has to look at. doing: which of them it looks at now ("real
    pictures", "samples"), done and of: how many of these. notes: sentences about what was left out.

    trail: running estimates {metric: [(samples, value), …]}. first: SHOWN of the samples, (SHOWN, C, H, W) uint8, as
    soon as there are some.
    """

    seen: int = 0
    total: int = 0
    doing: str = ""
    done: int = 0
    of: int = 0
    scores: list[Score] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    trail: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    first: np.ndarray | None = None

    def begin(self, doing: str, of: int, done: int = 0) -> None:
        """What comes next, and how many of them are known already."""
        self.doing, self.done, self.of = doing, done, of

    def looked(self, count: int) -> None:
        self.seen, self.done = self.seen + count, self.done + count

    @property
    def progress(self) -> float:
        """Share of the pictures, in [0, 1]."""
        return min(1.0, self.seen / self.total) if self.total else 0.0
