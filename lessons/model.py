"""What a lesson consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

# Parameters of an address that belong to what is around a page: no page has them, and no view of a lesson.
FRAME = ("present", "lesson", "lesson_step", "lang", "room")


class LessonError(Exception):
    """A lesson that cannot be read; the text names the file and the line, and says what is wrong there."""


@dataclass(frozen=True)
class Prediction:
    """A question that is answered before the explanation appears.

    Either choices, of which number `answer` (from 0) is right, or bounds (low, high) of a number, in `unit`; an answer
    no further than `tolerance` from `answer` is right then.
    """

    question: str
    explanation: str
    answer: float
    choices: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    tolerance: float = 0.0
    unit: str = ""

    def admits(self, given: object) -> bool:
        """Whether this can be an answer: the number of a choice, or a number within the bounds."""
        if isinstance(given, bool) or not isinstance(given, int | float):
            return False
        if self.bounds is None:
            return isinstance(given, int) and 0 <= given < len(self.choices)
        return self.bounds[0] <= given <= self.bounds[1]  # false for NaN, too

    def is_right(self, given: float) -> bool:
        return abs(given - self.answer) <= self.tolerance


@dataclass(frozen=True)
class Challenge:
    """A goal that is checked: the name of a check (lessons/challenges.py), and a hint."""

    check: str
    hint: str


@dataclass(frozen=True)
class Step:
    """One view of the app and what to see in it.

    page: last part of its address. query: everything in which the view differs from the page's defaults. minutes: of a
    class. controls: labels of what is to be moved in this step; only: whether the other controls are hidden at first.
    at: words of the heading to which the page is scrolled. covered: whether the page is blurred until the prediction
    has been answered, since it shows the answer.
    """

    page: str
    query: dict[str, str]
    minutes: int
    text: str
    look: str = ""
    controls: tuple[str, ...] = ()
    only: bool = False
    at: str = ""
    covered: bool = False
    prediction: Prediction | None = None
    challenge: Challenge | None = None

    @property
    def link(self) -> str:
        """The address of the view, from the app's own on."""
        return f"{self.page}?{urlencode(self.query)}" if self.query else self.page


@dataclass(frozen=True)
class Lesson:
    """Steps, and what one should know after them. picture: the step, from 0, whose view its card shows."""

    name: str
    language: str
    title: str
    audience: str
    goals: tuple[str, ...]
    steps: tuple[Step, ...] = field(repr=False)
    picture: int = 0

    @cached_property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    def minutes_left(self, place: int) -> int:
        """Minutes from step `place` (from 0) to the end, that step included."""
        return sum(step.minutes for step in self.steps[place:])
