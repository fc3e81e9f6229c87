"""Trainings that are small enough for tests."""

import torch

from data import planar
from data.splits import Split, Splits
from evaluate import Evaluation
from models.toy_gan import ToyGAN
from models.vae import MLPVAE
from train.live.toy_gan import ToyRecipe, toy_game
from train.objectives import elbo
from train.recipe import Recipe, cosine


def fresh(recipe=None):
    """The network of a recipe, by default of the toy, with the weights that its training begins with."""
    recipe = recipe or RECIPES[0]
    torch.manual_seed(recipe.seed)
    return recipe.model(**recipe.arguments)


def stripes():
    """Pictures of 8×8 with one bright row each: 2,048 to train on, 256 to test."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.randint(8, (2304,), generator=generator)
    images = torch.randint(40, (2304, 1, 8, 8), generator=generator, dtype=torch.uint8)
    images[torch.arange(2304), 0, labels] = 220
    return Splits("stripes", "made up", Split(images[:2048], labels[:2048]), Split(images[2048:], labels[2048:]))


RECIPES = [
    Recipe(
        name="toy",
        title="Toy",
        summary="For tests.",
        model=MLPVAE,
        arguments={"latent": 2, "hidden": 64, "shape": (1, 8, 8)},
        data=stripes,
        objective=elbo,
        epochs=6,
        batch=64,
        learning_rate=3e-3,
        schedule=cosine,
        family="vae",
        evaluate=lambda model, splits: Evaluation({"test_images": len(splits.test)}, {}),
    )
]

TOY_GAN = ToyRecipe(
    name="small",
    title="",
    summary="",
    model=ToyGAN,
    arguments={"generator": [6, 5], "discriminator": [7, 4]},
    data=planar.parabola,
    objective=toy_game,
    epochs=1,
    interval=50,
    batch=32,
    learning_rate=1e-3,
    seed=0,
)
