"""Aims of checkpoints, and whether they are reached: figures are compared on request. Imports no torch."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

import checkpoints
from checkpoints import Card, CheckpointError, floors, recorded, seeds

FLOOR = "floor"
Verdict = Literal["yes", "no", "undecided", "unknown"]


@dataclass(frozen=True)
class Aim:
    """words: for a person. figure: a metric of the card, with its mean over training seeds.

    The figure should be at least `least` or at most `most`. With `of`, the bound is a factor of another figure: "floor"
    is that of as many real pictures (checkpoints/floors.py), "NAME.FIGURE" a figure of another card, "FIGURE" one of
    the same card. pairs: "STUDY.OTHER.OWN", if the other figure is another card's and several trainings of both are
    recorded (checkpoints/recorded/compare_STUDY.json): then pairs with the same seed decide, since the order of two
    single trainings may be due to chance. Raises ValueError unless there is exactly one bound.
    """

    words: str
    figure: str
    least: float | None = None
    most: float | None = None
    of: str = ""
    pairs: str = ""

    def __post_init__(self):
        if (self.least is None) == (self.most is None):
            raise ValueError("An aim has one bound, the least or the most.")

    @property
    def _factor(self) -> float:
        factor = self.most if self.least is None else self.least
        assert factor is not None  # there is exactly one bound
        return factor

    def to_dict(self) -> dict:
        """The aim as JSON values for a card; `of_card` reads them."""
        return dataclasses.asdict(self)

    def bound(self, card: Card) -> float | None:
        """The number to compare with; None if the other figure is not known."""
        if not self.of:
            return self._factor
        if self.of == FLOOR:
            floor = floors.of_card(card, self.figure)
            return None if floor is None else self._factor * floor.value
        name, _, figure = self.of.rpartition(".")
        try:
            return self._factor * seeds.mean(checkpoints.read(name) if name else card, figure)
        except (CheckpointError, KeyError):
            return None

    def reached(self, card: Card) -> bool | None:
        """Whether the card reaches it; None if a figure is missing."""
        bound = self.bound(card)
        if bound is None or self.figure not in card.metrics:
            return None
        value = seeds.mean(card, self.figure)
        return value >= bound if self.least is not None else value <= bound

    def verdict(self, card: Card) -> Verdict:
        """Whether the card reaches it: "undecided" if the 95 % interval over pairs of trainings contains the bound,
        "unknown" if a figure is missing or a training of a pair diverged."""
        if not self.pairs:
            reached = self.reached(card)
            return "unknown" if reached is None else "yes" if reached else "no"
        try:
            beyond = self._beyond_bound()
        except (CheckpointError, KeyError, ValueError):
            return "unknown"
        return "undecided" if not beyond.decided else "no" if (beyond.mean > 0) == (self.least is None) else "yes"

    def _beyond_bound(self):
        """metrics.paired.Difference between the card's figures and the bounds from the other card's, seed by seed."""
        from metrics.paired import difference  # scipy

        study, *variants = self.pairs.split(".")
        runs = recorded.by_seed(recorded.read(f"compare_{study}"))
        other, own = (runs[variant] for variant in variants)
        seeds = sorted(other.keys() & own.keys())
        return difference([self._factor * other[seed] for seed in seeds], [own[seed] for seed in seeds])


def of_card(card: Card) -> Aim | None:
    """The aim of a card; None if it has none, as in older cards."""
    return Aim(**card.aim) if card.aim else None
