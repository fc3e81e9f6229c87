"""A recipe: everything that decides what a training gives, in one frozen line."""

import dataclasses
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field


def constant(progress):
    return 1.0


def cosine(progress):
    """Half a cosine from 1 to 0 (Loshchilov & Hutter 2016, without restarts)."""
    return 0.5 * (1 + math.cos(math.pi * progress))


@dataclass(frozen=True)
class Recipe:
    """Classes and functions stand here themselves, not their names, so that an editor can follow them.

    data() -> Splits. objective(model, recipe, steps) -> (step, state), see train.loop.
    schedule: multiplier of the learning rate as a function of progress in [0, 1).
    """

    name: str
    title: str
    summary: str
    model: type
    data: Callable
    objective: Callable
    epochs: int
    batch: int
    learning_rate: float
    arguments: dict = field(default_factory=dict)
    schedule: Callable = constant
    augment: Callable | None = None
    seed: int = 42

    def to_dict(self):
        """The recipe as plain JSON values: a class or function becomes its dotted name."""
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return {k: f"{v.__module__}.{v.__qualname__}" if callable(v) else v for k, v in values.items()}

    def to_json(self):
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)
