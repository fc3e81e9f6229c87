"""Train denoising autoencoders: python -m train.denoiser NAME (options: see train/command.py).

mnist_patch_denoiser    Noise in one 8×8 patch, whose place the network is told or has to find.
"""

from data.splits import mnist
from evaluate.denoising import evaluate
from models.denoiser import PatchDenoiser
from train import cli
from train.objectives import denoise
from train.recipe import Recipe, cosine

RECIPES = [
    Recipe(
        name="mnist_patch_denoiser",
        title="Patch denoiser on MNIST",
        summary="Finds a noisy 8×8 patch, or is told where it is, and restores what was there from what surrounds it.",
        model=PatchDenoiser,
        data=mnist,
        objective=denoise,
        epochs=40,
        batch=256,
        learning_rate=1e-3,
        schedule=cosine,
    ),
]


if __name__ == "__main__":
    cli.main("train.denoiser", RECIPES, "denoiser", evaluate)
