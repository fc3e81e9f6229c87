"""What is asked, and which answers it takes: everything else that a browser may send is refused."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from classroom.errors import WrongAnswer


@dataclass(frozen=True)
class Question:
    """One question of a lesson.

    key: its name in the database, unique in the lesson. choices: {name of an answer: its words}; without choices an
    answer is a number from `low` to `high`.
    """

    key: str
    choices: Mapping[str, str] = field(default_factory=dict)
    low: float = 0.0
    high: float = 1.0

    def stored(self, answer: object) -> str:
        """The answer as the database keeps it: the name of a choice, or a number. WrongAnswer for anything else."""
        if self.choices:
            if isinstance(answer, str) and answer in self.choices:
                return answer
            raise WrongAnswer("This is not one of the answers to choose from, so it was not counted.")
        if isinstance(answer, int | float) and not isinstance(answer, bool) and self.low <= answer <= self.high:
            return repr(float(answer))
        raise WrongAnswer(
            f"An answer here is a number from {self.low:g} to {self.high:g}, so what was sent was not counted."
        )

    def numbers(self, counts: Mapping[str, int]) -> list[float]:
        """All numbers of {stored answer: how many gave it}, from the smallest to the largest."""
        return sorted(self.number(answer) for answer, count in counts.items() for _ in range(count))

    def number(self, stored: str) -> float:
        """The number of a stored answer; NaN where it is none."""
        try:
            return float(stored)
        except ValueError:
            return math.nan
