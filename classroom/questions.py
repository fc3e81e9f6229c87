"""Questions and their valid answers: everything else that a browser may send is refused."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from classroom.errors import WrongAnswer


@dataclass(frozen=True)
class Question:
    """One question of a lesson.

    key: its name in the database, unique in the lesson. choices: {name of an answer: its words}; without choices an
    answer is a number within the first of `bounds` (low, high), or a point [x, y] within both if there are two.
    """

    key: str
    choices: Mapping[str, str] = field(default_factory=dict)
    bounds: tuple[tuple[float, float], ...] = ((0.0, 1.0),)

    def stored(self, answer: object) -> str:
        """The answer in the database's form: the name of a choice, a number, or the two numbers of a point.

        Raises WrongAnswer for an invalid answer.
        """
        if self.choices:
            if isinstance(answer, str) and answer in self.choices:
                return answer
            raise WrongAnswer("This is not one of the answers to choose from, so it was not counted.")
        numbers: Sequence[Any] = answer if isinstance(answer, list | tuple) and len(self.bounds) == 2 else [answer]
        if self._inside(numbers):
            return " ".join(repr(float(number)) for number in numbers)
        if len(self.bounds) == 1:
            raise WrongAnswer(
                "An answer here is a number from {low:g} to {high:g}, so what was sent was not counted.",
                **dict(zip(("low", "high"), self.bounds[0], strict=True)),
            )
        raise WrongAnswer(
            "An answer here is a point from {left:g} to {right:g} and from {low:g} to {high:g}, so what was sent was "
            "not counted.",
            **dict(zip(("left", "right", "low", "high"), itertools.chain(*self.bounds), strict=True)),
        )

    def admits(self, stored: str) -> bool:
        """Whether a stored answer is valid for this question, and not for an earlier version of it."""
        return stored in self.choices if self.choices else self._numbers(stored) is not None

    def values(self, counts: Mapping[str, int]) -> list[list[float]]:
        """The numbers of all answers in {stored answer: number of times}: [number] or [x, y] for each."""
        found = ((self._numbers(stored), count) for stored, count in counts.items())
        return sorted(numbers for numbers, count in found if numbers is not None for _ in range(count))

    def value(self, stored: str) -> float | list[float]:
        """The number, or the point, of a valid stored answer."""
        numbers = self._numbers(stored)
        assert numbers is not None
        return numbers if len(numbers) == 2 else numbers[0]

    def _numbers(self, stored):
        """The numbers of a stored answer; None if it is invalid for this question."""
        try:
            numbers = [float(part) for part in stored.split(" ")]
        except ValueError:
            return None
        return numbers if self._inside(numbers) else None

    def _inside(self, numbers):
        return len(numbers) == len(self.bounds) and all(map(_within, numbers, self.bounds))


def _within(number: Any, bounds: tuple[float, float]) -> bool:
    """Whether it is a number within the bounds; false also for NaN."""
    return isinstance(number, int | float) and not isinstance(number, bool) and bounds[0] <= number <= bounds[1]
