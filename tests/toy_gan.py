"""Small checkpoints of generators in a folder of their own, beside the shipped ones, for the tests of pages."""

import shutil

import numpy as np
import torch

import checkpoints
from checkpoints import snapshots
from evaluate import preview
from models.gan import DCGAN, MLPGAN
from ui import tiles

MODELS = {
    "toy_gan": lambda: MLPGAN(latent=20, widths=(16, 32)),
    "toy_twin": lambda: MLPGAN(latent=20, widths=(8,)),
    "toy_colour": lambda: DCGAN(latent=9, channels=4),
}
ARGUMENTS = {
    "toy_gan": {"latent": 20, "widths": [16, 32]},
    "toy_twin": {"latent": 20, "widths": [8]},
    "toy_colour": {"latent": 9, "channels": 4},
}


SHIPPED = checkpoints.FOLDER


def fill(folder):
    """Some shipped models, and three generators with random weights and four to six recorded snapshots."""
    folder.mkdir()
    for name in ("fashion_vae", "fashion_vae_long", "mnist_vae", "mnist_classifier"):
        for file in SHIPPED.glob(f"{name}.*"):
            shutil.copy(file, folder)
    before, checkpoints.FOLDER = checkpoints.FOLDER, folder
    try:
        for seed, (name, build) in enumerate(MODELS.items()):
            save(name, build, seed)
    finally:
        checkpoints.FOLDER = before
    return folder


def save(name, build, seed):
    torch.manual_seed(seed)
    model = build().eval()
    count, interval = 4 + seed, 100 + 50 * seed
    card = checkpoints.Card(
        name=name,
        family="gan",
        title=f"Toy {name.partition('_')[2]}",
        summary="Random weights.",
        model=f"models.gan.{type(model).__name__}",
        arguments=ARGUMENTS[name],
        latent=model.latent,
        shape=model.shape,
        recipe={"interval": interval},
        dataset={"name": "emoji" if name == "toy_colour" else "fashion_mnist", "train_images": 1000, "note": "toy"},
        metrics={},
        protocol={},
        history={
            "discriminator": rising(count),
            "generator": rising(count)[::-1],
            "frechet": [None, *rising(count)[1:]],
        },
        run={"command": "python -m train toy", "seconds": 1, "device": "cpu"},
        sha256="",
    )
    checkpoints.save(model, card, preview.of_generator(model, codes=120))
    grids = [tiles.tile(np.full((4, *model.shape), 30 + 40 * k, np.uint8), 2) for k in range(count)]
    snapshots.save(name, np.stack(grids), interval * np.arange(1, count + 1))


def rising(count):
    return [1.0 + k for k in range(count)]
