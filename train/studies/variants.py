"""What a comparison of recipes consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from data.splits import Splits
from train.recipe import Recipe

SEEDS = (42, 0, 1)


@dataclass(frozen=True)
class Variant:
    """A recipe under a name. words: what it has that the others have not, for the page."""

    recipe: Recipe
    words: str


@dataclass(frozen=True)
class Comparison:
    """question: what is asked, one sentence. card: the checkpoint that it is about. metric: the number that decides.
    lower: whether less of it is better. measure(model, splits) -> numbers of a trained model in eval mode. variants:
    the first one is what the others are compared with.
    """

    question: str
    card: str
    metric: str
    lower: bool
    measure: Callable[[Any, Splits], dict[str, float]]
    variants: dict[str, Variant]
    seeds: tuple[int, ...] = SEEDS
