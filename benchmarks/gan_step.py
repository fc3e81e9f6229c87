"""One step of each GAN against a textbook loop: DataLoader, ToTensor and Normalize, .item() for the log; same batches.

    LATENT_LAB_DATA=… python -m benchmarks.gan_step [--steps 100] [--threads 1] [--bf16]

Prints milliseconds per generator step for both, their ratio, and the largest difference of the mean losses of the first
three steps, in float64 and with channels last for both. In float32, or with another order of channels, the trainings
drift apart by rounding alone: Adam without momentum turns a tiny gradient into a whole step, and a clipped critic's
weights, all of them ±c, sum to exactly zero on an empty background, where ReLU has a corner. With --bf16 ours computes
products in bfloat16, which textbooks do not: the actual cost of a training here.
"""

import argparse
import dataclasses
import time
from unittest.mock import patch

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import Compose, Normalize, ToTensor

from train.cli import add_bf16
from train.gan import RECIPES
from train.loop import fit
from train.recipe import constant

NAMES = ("mnist_gan", "mnist_wgan", "fashion_wgan", "emoji_dcgan")


class Pictures(Dataset):
    """A Split in the form of torchvision's data sets: one PIL image at a time, transformed."""

    def __init__(self, split):
        self.images = split.images
        self.transform = Compose([ToTensor(), Normalize(0.5, 0.5)])

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        picture = self.images[index].permute(1, 2, 0).numpy()
        return self.transform(Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture))


def plain(recipe, split, layout=torch.contiguous_format):
    """(mean losses of discriminator and generator, seconds) of a loop as in tutorials."""
    torch.manual_seed(recipe.seed)
    model = recipe.model(**recipe.arguments).to(memory_format=layout).train()
    critic_optimiser = recipe.optimiser(model.discriminator.parameters(), recipe.learning_rate)
    generator_optimiser = recipe.optimiser(model.generator.parameters(), recipe.learning_rate)
    started = time.perf_counter()
    torch.manual_seed(recipe.seed * 1_000_003)
    needed, order = recipe.interval * recipe.images_per_step, []
    while len(order) < needed:
        order += torch.randperm(len(split)).tolist()
    loader = iter(DataLoader(Pictures(split), recipe.batch, sampler=order[:needed], generator=torch.Generator()))
    totals = [0.0, 0.0]
    for _ in range(recipe.interval):
        for _ in range(recipe.critic_steps):
            real = next(loader).contiguous(memory_format=layout)
            fake = model.generate(torch.randn(len(real), model.latent))
            critic_optimiser.zero_grad()
            on_real, on_fake = model.discriminate(real), model.discriminate(fake.detach())
            mix = torch.rand(len(real))  # drawn even without a penalty, as in ours
            loss = recipe.loss.discriminator(on_real, on_fake)
            loss = loss + recipe.loss.penalty(model.discriminate, real, fake.detach(), mix)
            loss.backward()
            critic_optimiser.step()
            recipe.loss.constrain(model.discriminator.parameters())
        totals[0] += loss.item()
        generator_optimiser.zero_grad()
        loss = recipe.loss.generator(model.discriminate(fake))
        loss.backward()
        generator_optimiser.step()
        totals[1] += loss.item()
    return [total / recipe.interval for total in totals], time.perf_counter() - started


def ours(recipe, split, bf16=False):
    torch.manual_seed(recipe.seed)
    history, seconds = fit(recipe.model(**recipe.arguments), recipe, split, bf16=bf16, quiet=True)
    return [history["discriminator"][0], history["generator"][0]], seconds


def difference(recipe, split):
    """Largest difference of the two mean losses over three steps, with all numbers in float64."""
    few = dataclasses.replace(recipe, interval=3)
    layout = torch.channels_last  # as for pictures in ours
    torch.set_default_dtype(torch.float64)
    try:
        with patch.object(torch.Tensor, "float", torch.Tensor.double):  # which both call on pictures and on logits
            pairs = zip(ours(few, split)[0], plain(few, split, layout)[0], strict=True)
    finally:
        torch.set_default_dtype(torch.float32)
    return max(abs(a - b) for a, b in pairs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    add_bf16(parser)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    for recipe in RECIPES:
        if recipe.name not in NAMES:
            continue
        # Left out on both sides: averaged weights, and a learning rate that would fall within these few steps.
        recipe = dataclasses.replace(recipe, epochs=1, interval=options.steps, averaging=None, schedule=constant)
        split = recipe.data().train
        (_, seconds), (_, plain_seconds) = ours(recipe, split, options.bf16), plain(recipe, split)
        print(
            f"{recipe.name:14} ours {1e3 * seconds / options.steps:7.1f} ms   textbook "
            f"{1e3 * plain_seconds / options.steps:7.1f} ms   {plain_seconds / seconds:5.2f} ×   "
            f"difference of the losses {difference(recipe, split):.1e}",
            flush=True,
        )
