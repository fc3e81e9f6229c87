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


def cosine_to_a_tenth(progress):
    """The same from 1 to 0.1: a controller still moves something at the end."""
    return 0.1 + 0.9 * cosine(progress)


@dataclass(frozen=True)
class Recipe:
    """Classes and functions stand here themselves, not their names, so that an editor can follow them.

    data() -> Splits. objective(model, recipe, steps) -> (step, state), see train.loop.
    schedule: multiplier of the learning rate as a function of progress in [0, 1).
    start: name of a checkpoint whose weights the training begins with, instead of random ones.
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
    start: str | None = None

    @property
    def draw(self):
        """Images that one step takes."""
        return self.batch

    def steps_per_epoch(self, images):
        """Once through the data; the incomplete last batch is left out, so that every step has the same shape."""
        return images // self.draw

    def to_dict(self):
        """The recipe as plain JSON values: a class or function becomes its dotted name, a loss what makes it."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}

    def to_json(self):
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)


def _plain(value):
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    return repr(value) if dataclasses.is_dataclass(value) else value
