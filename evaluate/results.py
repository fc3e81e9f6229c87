"""The results of a measurement so far: plain values. Imports no torch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

SHOWN = 10  # pictures shown next to a number


@dataclass(frozen=True)
class Score:
    """One number: value ± spread, what it was measured on, and the value for real pictures (NaN if there is none).

    floor_words: which real pictures replaced the samples, and how many.
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
    """seen of total pictures have passed through a network. doing: which pictures it processes now ("real pictures",
    "samples"), done of how many of these. notes: sentences about what was left out.

    trail: running estimates {metric: [(samples, value), …]}. first: SHOWN of the samples, (SHOWN, C, H, W) uint8, once
    there are any.
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
        """Begin with the next pictures; done: how many of them are already known."""
        self.doing, self.done, self.of = doing, done, of

    def looked(self, count: int) -> None:
        self.seen, self.done = self.seen + count, self.done + count

    @property
    def progress(self) -> float:
        """Share of the pictures, in [0, 1]."""
        return min(1.0, self.seen / self.total) if self.total else 0.0
