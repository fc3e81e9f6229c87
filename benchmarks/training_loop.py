"""Our loop compared with the textbook one: DataLoader, torchvision's MNIST, ToTensor; same network, batches and noise.

    LATENT_LAB_DATA=… python -m benchmarks.training_loop [--epochs 2] [--threads 2]

Both train the MLP VAE on the same permutations, so the loss curves must agree; only the data loading differs.
Prints seconds per epoch for both, their ratio, and the largest relative difference of the losses.
"""

import argparse
import dataclasses
import gzip
import shutil
import tempfile
import time
from pathlib import Path

import torch
from torch.utils.data import DataLoader, Sampler
from torchvision.datasets import MNIST
from torchvision.transforms import ToTensor

import data
from data.splits import Split, Splits
from models.vae import MLPVAE
from train.loop import fit
from train.objectives import elbo
from train.recipe import Recipe


def mnist():
    arrays = data.load("mnist", "train")
    split = Split(torch.from_numpy(arrays.images), torch.from_numpy(arrays.labels))
    return Splits("mnist", "all of the train set", split, split)


RECIPE = Recipe("loop", "", "", MLPVAE, mnist, elbo, epochs=2, batch=128, learning_rate=1e-3)


class EpochOrder(Sampler):
    """The permutations drawn by our loop, so that both get the same batches."""

    def __init__(self, size, seed):
        self.size, self.seed, self.epoch = size, seed, 0

    def __len__(self):
        return self.size

    def __iter__(self):
        torch.manual_seed(self.seed * 1_000_003 + self.epoch)
        self.epoch += 1
        return iter(torch.randperm(self.size).tolist())


def plain(recipe, dataset):
    """The textbook loop; returns (losses per epoch, seconds)."""
    torch.manual_seed(recipe.seed)
    model = recipe.model().train()
    order = EpochOrder(len(dataset), recipe.seed)
    loader = DataLoader(dataset, recipe.batch, sampler=order, drop_last=True)
    step, _ = recipe.objective(model, recipe, len(loader) * recipe.epochs)
    losses, started = [], time.perf_counter()
    for _ in range(recipe.epochs):
        total = 0.0
        for x, y in loader:
            total += step(x, y)["loss"].item()
        losses.append(total / len(loader))
    return losses, time.perf_counter() - started


def ours(recipe, split):
    torch.manual_seed(recipe.seed)
    history, seconds = fit(recipe.model(), recipe, split, quiet=True)
    return history["loss"], seconds


def torchvision_mnist(folder):
    """The same files in torchvision's layout."""
    raw = Path(folder) / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for file in (data.root() / "mnist").glob("*.gz"):
        with gzip.open(file) as packed, open(raw / file.stem, "wb") as plain_file:
            shutil.copyfileobj(packed, plain_file)
    return MNIST(folder, train=True, transform=ToTensor())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    recipe = dataclasses.replace(RECIPE, epochs=options.epochs)
    split = recipe.data().train
    fit(
        recipe.model(),
        dataclasses.replace(recipe, epochs=1),
        Split(split.images[:1280], split.labels[:1280]),
        quiet=True,
    )
    our_losses, our_seconds = ours(recipe, split)
    with tempfile.TemporaryDirectory() as folder:
        plain_losses, plain_seconds = plain(recipe, torchvision_mnist(folder))
    difference = max(abs(a - b) / abs(b) for a, b in zip(our_losses, plain_losses, strict=True))
    print(f"ours         {our_seconds / recipe.epochs:7.2f} s per epoch   losses {our_losses}")
    print(f"DataLoader   {plain_seconds / recipe.epochs:7.2f} s per epoch   losses {plain_losses}")
    print(f"ratio        {plain_seconds / our_seconds:7.2f} ×   largest relative difference of losses {difference:.1e}")
