"""One training of a study: as with python -m train, but nothing is stored."""

from __future__ import annotations

from typing import Any, NamedTuple

from torch import nn

import checkpoints
from checkpoints.families import FAMILIES
from data.splits import Splits
from train.loop import fit
from train.recipe import Recipe


class Trained(NamedTuple):
    """model: in eval mode, with weights as they would be stored. watched: (metrics, protocol) of the monitor."""

    model: nn.Module
    splits: Splits
    watched: tuple[dict[str, Any], dict[str, str]]
    seconds: float


def trained(recipe: Recipe, device: str = "cpu", *, bf16: bool = False, watch: bool = False) -> Trained:
    """A network of the recipe, trained from its seed. watch: whether to call its monitor after every epoch.

    Raises FloatingPointError if it diverges, and the other exceptions of `fit`.
    """
    splits, model = recipe.splits(), recipe.begun()
    monitor = recipe.monitor(recipe, splits) if recipe.monitor and watch else None
    history, seconds = fit(model, recipe, splits.train, device=device, bf16=bf16, quiet=not watch, monitor=monitor)
    checkpoints.round_as_stored(model, FAMILIES[recipe.family])
    return Trained(model.eval(), splits, monitor.summary(history) if monitor else ({}, {}), seconds)
