"""The parts of a comparison of recipes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from data.splits import Splits
from train.recipe import Recipe

SEEDS = (42, 0, 1)


@dataclass(frozen=True)
class Variant:
    """A recipe under a name. words: how it differs from the others, for the page."""

    recipe: Recipe
    words: str


@dataclass(frozen=True)
class Comparison:
    """question: one sentence. card: the checkpoint that it is about. metric: the number that decides. lower: whether
    lower is better. measure(model, splits) -> numbers for a trained model in eval mode. variants: the others are
    compared with the first one.
    """

    question: str
    card: str
    metric: str
    lower: bool
    measure: Callable[[Any, Splits], dict[str, float]]
    variants: dict[str, Variant]
    seeds: tuple[int, ...] = SEEDS
