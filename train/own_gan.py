"""The recipe of a GAN for a visitor's own pictures; their number decides its size and its steps.

Offline only: training takes several times as long as the VAE's, and may fail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from data.splits import Splits
from evaluate import own
from models.adversarial import LeastSquares
from models.square_gan import SquareGAN
from train.adversarial import AdversarialRecipe, adversarial_game
from train.augment import shift
from train.own_monitors import Noise
from train.own_recipe import OfPictures, of
from train.own_steps import FEW

INTERVAL = 100  # steps per point of the curves


@dataclass(frozen=True)
class OwnGANRecipe(AdversarialRecipe, OfPictures):
    """For a GAN."""


def recipe(name: str, splits: Splits, title: str = "", **changes: Any) -> OwnGANRecipe:
    """The recipe for these pictures. changes: fields to replace; those of `arguments` are merged.

    As for emoji_dcgan_plus, the discriminator sees only shifted pictures, so that it does not memorise a few hundred
    pictures so soon, and the generator's weights are averaged.
    """
    count = len(splits.train)
    steps = 4000 if count < FEW else 8000 if count < 3000 else 12_000
    arguments: dict[str, Any] = {"shape": list(splits.train.images.shape[1:]), "channels": 16 if count < FEW else 32}
    arguments |= changes.pop("arguments", {})
    make: Callable[..., OwnGANRecipe] = partial(
        OwnGANRecipe,
        model=SquareGAN,
        arguments=arguments,
        objective=adversarial_game,
        loss=LeastSquares(),
        epochs=steps // INTERVAL,
        interval=INTERVAL,
        batch=min(32, count),
        learning_rate=1e-3,
        differentiable=shift,
        averaging=0.998,
        family="gan",
        evaluate=own.evaluate_generator,
        monitor=Noise,
        **of(splits, name, title or f"GAN of “{name}”"),
    )
    return make(**changes)
