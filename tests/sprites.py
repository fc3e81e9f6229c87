"""The four VAEs of dSprites and their classifier, trained for four steps on few pictures, for the tests of pages."""

import dataclasses
import functools
import shutil
from pathlib import Path

import pytest
import torch

import checkpoints
import data
from data.splits import Split, Splits
from evaluate import disentanglement
from models.vae import MLPVAE
from train import cli, dsprites
from train.catalogue import RECIPES

EVERY = 16  # picture of the sample: spread over all factors
PICTURES = 63


@functools.cache
def few():
    """A Split of some pictures, and their factors (N, 4)."""
    drawn = data.sample("dsprites")
    split = Split(torch.from_numpy(drawn.images[::EVERY]), torch.from_numpy(drawn.labels[::EVERY]))
    return split, torch.from_numpy(drawn.factors[::EVERY])[:, [0, 1, 3, 4]]


def splits():
    everything = few()[0]
    return Splits("dsprites", "few", everything, everything, Split(everything.images[:50], everything.labels[:50]))


def splits_of_factors():
    everything, factors = few()
    half = Split(everything.images, factors)
    return Splits("dsprites", "few", half, half)


def fill(folder):
    """Train them into `folder`, next to the shipped models that the Metrics page needs for its examples."""
    folder.mkdir()
    for name in ("mnist_classifier", "binarized_mnist_vae"):
        for file in checkpoints.FOLDER.glob(f"{name}.*"):
            shutil.copy(file, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "FOLDER", folder)
        patch.setattr(disentanglement, "sprites", few)
        patch.setattr(disentanglement, "SAMPLES", 30)
        network = dataclasses.replace(RECIPES["dsprites_classifier"], data=splits_of_factors, epochs=1, batch=PICTURES)
        few_steps = {"data": splits, "epochs": 2, "interval": 2, "batch": 8}
        small = {"model": MLPVAE, "arguments": {"latent": 10, "hidden": 16, "shape": (1, 64, 64)}}
        correlation = dataclasses.replace(dsprites.TOTAL_CORRELATION, images=PICTURES)
        models = [dataclasses.replace(recipe, **few_steps, **small) for recipe in (*dsprites.SMALL, correlation)]
        for recipe in (network, *models):
            cli.train(recipe, torch.device("cpu"), runs=Path(folder) / "runs")
    return folder
