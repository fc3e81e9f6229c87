"""The recipe of a VAE for a visitor's own pictures; their number and size decide its size."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch

from checkpoints import Card
from data.splits import Splits
from evaluate import own
from models.square_vae import SquareVAE
from train import own_steps
from train.augment import shift_and_turn
from train.objectives import calibrated_elbo
from train.own_monitors import Reconstructions
from train.own_steps import INTERVAL
from train.recipe import NOT_IN_CARD, Recipe, cosine


def little(x: torch.Tensor) -> torch.Tensor:
    """Pictures (B, C, H, W) shifted by up to a 28th of their side, turned by up to 5°, scaled by up to 5 %."""
    return shift_and_turn(x, pixels=x.shape[3] / 28, degrees=5.0, scale=0.05, outside="border")


def much(x: torch.Tensor) -> torch.Tensor:
    """The same three times as strongly, for few pictures (B, C, H, W), which a network would otherwise memorise."""
    return shift_and_turn(x, pixels=x.shape[3] * 3 / 28, degrees=15.0, scale=0.15, outside="border")


def own_pictures() -> Splits:
    """Stands for the data set in a card's recipe; always raises ValueError, since only a training has the pictures."""
    raise ValueError("These are a person's own pictures: train on them with python -m train own --images DIR.")


@dataclass(frozen=True)
class OfPictures(Recipe):
    """pictures: to train and test on. digest: of the pictures, so that no training is resumed with others."""

    pictures: Splits | None = field(default=None, metadata=NOT_IN_CARD)
    digest: str = ""

    def splits(self, choosing: bool = False) -> Splits:
        return self.pictures if self.pictures is not None else own_pictures()


def of(splits: Splits, name: str, title: str) -> dict[str, Any]:
    """The fields of every recipe for these pictures, except those that depend on the network."""
    return {
        "name": name,
        "title": title,
        "summary": f"Trained on {len(splits.train):,} pictures that a person brought.",
        "schedule": cosine,
        "data": own_pictures,
        "pictures": splits,
        "digest": hashlib.sha256(splits.train.images.numpy().tobytes()).hexdigest(),
    }


@dataclass(frozen=True)
class OwnRecipe(OfPictures):
    """For a VAE."""

    def steps_per_epoch(self, images: int) -> int:
        return INTERVAL

    def card(self, model: torch.nn.Module, run: dict[str, Any], **measured: Any) -> Card:
        """The card, with the variance that was set in training."""
        arguments = self.arguments | {"variance": model.variance}
        return super(OwnRecipe, dataclasses.replace(self, arguments=arguments)).card(model, run, **measured)


def recipe(name: str, splits: Splits, title: str = "", **changes: Any) -> OwnRecipe:
    """The recipe for these pictures. changes: fields to replace; those of `arguments` are merged.

    With few pictures, the network starts from the weights of a shipped one if their shape and all arguments fit, and
    augmentation is stronger. Otherwise it starts from random weights and has BatchNorm, which halves the number of
    steps needed. There are 700 to 3,000 steps, more for more pictures.
    """
    count, shape = len(splits.train), tuple(splits.train.images.shape[1:])
    arguments: dict[str, Any] = {"shape": list(shape), "latent": 16, "channels": 16}  # those of own_steps.STARTS
    asked = changes.pop("arguments", {})
    start = own_steps.start(count, shape) if asked.items() <= arguments.items() else None
    if start is None:
        arguments |= {"latent": 8 if count < 100 else 16, "normed": True}
    arguments |= asked
    make: Callable[..., OwnRecipe] = partial(
        OwnRecipe,
        model=SquareVAE,
        arguments=arguments,
        objective=calibrated_elbo,
        epochs=own_steps.length(count, start) // INTERVAL,
        batch=min(64, count),
        learning_rate=1e-3 if start else 2e-3,
        augment=much if start else little,
        start=start,
        family="vae",
        evaluate=own.evaluate,
        monitor=Reconstructions,
        **of(splits, name, title or f"VAE of “{name}”"),
    )
    return make(**changes)
