"""The parts of a lesson."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

# Parameters of an address that belong to the frame around pages: no page and no view of a lesson uses them.
FRAME = ("present", "lesson", "lesson_step", "lang", "room")
# Names of the checks in lessons/challenges.py, which reading a lesson does not import.
CHECKS = ("another_digit", "sure_of_nothing", "unseen_by_eye", "unknowable", "saved")
# CSS of headings that Step.at may name. Labels of widgets and expanders are among them; .gtitle is a chart's title.
HEADINGS = "h2, h3, h4, h5, strong, b, [data-testid=stWidgetLabel], summary [data-testid=stMarkdownContainer], .gtitle"


class LessonError(Exception):
    """A lesson that cannot be read; the text names the file and the line, and says what is wrong there."""


Answer = float | Sequence[float]  # the number of a choice, a number, or the two coordinates of a point


@dataclass(frozen=True)
class Axis:
    """An axis along which an answer is dragged, from low to high. name: of a coordinate of the plane."""

    low: float
    high: float
    name: str = ""
    unit: str = ""

    def written(self, value: float, form: str = "g") -> str:
        """A number on the axis with its unit, in English. form: a format of Python."""
        apart = "" if self.unit == "%" else " "
        return f"{value:{form}}{apart}{self.unit}".strip().replace("-", "−")

    def admits(self, given: object) -> bool:
        """Whether this is a number on the axis."""
        if isinstance(given, bool) or not isinstance(given, int | float):
            return False
        return self.low <= given <= self.high  # false also for NaN


@dataclass(frozen=True)
class Prediction:
    """A question that is answered before the explanation appears.

    Either choices, of which number `answer` (from 0) is right, or axes: one for a number, two with a common scale for a
    point in a plane. Then answers within `tolerance` of `answer` are right. background: name of the points drawn in the
    plane (lessons.backgrounds); missing: the class that is drawn only with the answer.
    """

    question: str
    explanation: str
    answer: Answer
    choices: tuple[str, ...] = ()
    axes: tuple[Axis, ...] = ()
    tolerance: float = 0.0
    background: str = ""
    missing: int | None = None

    def admits(self, given: object) -> bool:
        """Whether this can be an answer: the number of a choice, a number on the axis, a point of the plane."""
        if len(self.axes) == 2:
            if not isinstance(given, list | tuple) or len(given) != 2:
                return False
            return all(axis.admits(value) for axis, value in zip(self.axes, given, strict=True))
        if self.axes:
            return self.axes[0].admits(given)
        return isinstance(given, int) and not isinstance(given, bool) and 0 <= given < len(self.choices)

    def written(self, answer: Answer, form: str = "g") -> str:
        """An answer in words, a point as (x; y), so that decimal commas are clear. form: of its numbers."""
        values = coordinates(answer)
        if not self.axes:
            return self.choices[round(values[0])].replace("**", "")
        texts = [axis.written(value, form) for axis, value in zip(self.axes, values, strict=True)]
        return texts[0] if len(texts) == 1 else f"({'; '.join(texts)})"

    def distance(self, given: Answer) -> float:
        """The distance of an admitted answer from the right one."""
        return math.dist(coordinates(given), coordinates(self.answer))

    def is_right(self, given: Answer) -> bool:
        return self.distance(given) <= self.tolerance


def coordinates(answer: Answer) -> tuple[float, ...]:
    """(number,) or (x, y)."""
    return tuple(answer) if isinstance(answer, Sequence) else (answer,)


@dataclass(frozen=True)
class Challenge:
    """A goal that is checked: the name of a check (lessons/challenges.py), and a hint."""

    check: str
    hint: str


@dataclass(frozen=True)
class Step:
    """One view of the app, and what to see in it.

    page: last part of its address. query: all parameters in which the view differs from the page's defaults. minutes:
    in a class. controls: labels of the controls to use in this step; only: whether the others are hidden at first. at:
    words of the heading to which the page is scrolled. covered: whether the page is blurred until the prediction has
    been answered, because it shows the answer.
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
        """The address of the view, relative to the app's."""
        return f"{self.page}?{urlencode(self.query)}" if self.query else self.page


@dataclass(frozen=True)
class Lesson:
    """Steps, and what students should know after them. picture: the step, from 0, whose view its card shows."""

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
        """Minutes from step `place` (from 0) to the end, including that step."""
        return sum(step.minutes for step in self.steps[place:])
