"""Denoising autoencoders."""

from functools import partial

from checkpoints.aims import Aim
from data.splits import mnist
from evaluate import denoising
from models.denoiser import PatchDenoiser
from train import cli
from train.objectives import denoise
from train.recipe import Recipe, cosine

Denoiser = partial(Recipe, family="denoiser", evaluate=denoising.evaluate)

RECIPES = [
    Denoiser(
        name="mnist_patch_denoiser",
        title="Patch denoiser on MNIST",
        summary="Finds a noisy 8×8 patch, or is told where it is, and restores what was there from what surrounds it.",
        model=PatchDenoiser,
        data=mnist,
        objective=denoise,
        epochs=160,
        arguments={"around": 6, "windows": 128},
        batch=256,
        learning_rate=1e-3,
        schedule=cosine,
        aim=Aim("40 dB outside a black square at an unknown place", "test_psnr_outside_black", least=40),
    ),
]

if __name__ == "__main__":
    cli.main(RECIPES)
