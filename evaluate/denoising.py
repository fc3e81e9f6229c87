"""How well a denoiser restores a noisy patch, compared with three simple baselines.

python -m evaluate.denoising NAME measures the third of these, the PCA, again for a stored card.
"""

from collections.abc import Collection

import numpy as np
import torch

import checkpoints
from data.splits import Splits
from evaluate import Evaluation, command
from metrics import denoising
from metrics.reconstruction import mse
from models import patch_noise
from models.denoiser import PLACES, PatchDenoiser
from models.noise_kinds import KINDS
from models.vae import reconstruct

FAMILIAR = "mnist_vae"  # its reconstruction error says how similar a picture is to MNIST, see `evaluate`

HEADLINE = "gaussian"
COUNT = ("five", "six", "seven", "eight")[len(KINDS) - 5]  # number of kinds, in words
# What is measured: suffix of the figure -> (kind, strength, words); None stands for all kinds or strengths.
NOISES = {"" if name == HEADLINE else f"_{name}": (name, kind.measured, kind.words) for name, kind in KINDS.items()} | {
    "_mixed": (None, None, f"all {COUNT} kinds equally often, strengths uniform from 0.1 to 1")
}
ON_SAMPLE = ("", "_mixed")  # also measured on the shipped pictures
SEED = 0
WHAT = {"psnr": "PSNR (dB, peak 1) of the error pooled over all", "mse": "mean squared error over all"}
METHODS = {
    "": "; the place of the patch is not told",
    "_informed": "; the place is told, and outside of it the picture is copied (no error, an infinite PSNR)",
    "_noisy": "; of the noisy picture itself",
    "_train_mean": "; of the mean of the train pictures, whatever the picture",
    "_pca": "; of the noisy picture projected on the first {} principal components of the train pictures, clamped to "
    "[0, 1] (for this noise the best of 2 to 200 inside the patch, chosen on 10,000 train pictures that the components "
    "were not fitted to)",
}
KINDS_AND_STRENGTHS = {suffix: noise[:2] for suffix, noise in NOISES.items()}


def evaluate(model: PatchDenoiser, splits: Splits) -> Evaluation:
    """Figures on the test set and on the shipped pictures, with those of the three baselines."""
    model = model.cpu()
    baselines = denoising.fit_baselines(splits.train.floats(), KINDS_AND_STRENGTHS)
    metrics, protocol = measured(model, splits, baselines, METHODS)
    familiar = checkpoints.load(FAMILIAR)
    own = torch.cat([mse(x, reconstruct(familiar, x)) for x in splits.test.floats().split(500)])
    arrays = {"vae_error_quantiles": own.quantile(torch.linspace(0, 1, 101)).numpy()}
    return Evaluation(metrics, protocol, arrays | stored(baselines))


def stored(baselines: denoising.Baselines) -> dict[str, np.ndarray]:
    """Baselines as arrays of a preview; pca_sizes are in the order of KINDS."""
    sizes = {kind: baselines.sizes[suffix] for suffix, (kind, _) in KINDS_AND_STRENGTHS.items() if kind}
    return {
        "train_mean": baselines.mean.numpy(),
        "pca_components": baselines.components.numpy(),
        "pca_sizes": np.array([sizes[kind] for kind in KINDS]),
    }


def measured(
    model: PatchDenoiser, splits: Splits, baselines: denoising.Baselines, methods: Collection[str]
) -> tuple[dict, dict]:
    """(metrics, protocol) of some of METHODS on the test set and on the shipped pictures."""
    metrics, protocol = {}, {}
    for name, split, noises in (("test", splits.test, NOISES), ("sample", splits.sample, ON_SAMPLE)):
        if split is None:
            continue
        for suffix in noises:
            for key, value in figures(model, split.floats(), baselines, suffix, methods).items():
                if suffix in ON_SAMPLE or key == f"psnr_outside{suffix}" or key.startswith("psnr_inside"):
                    metrics[f"{name}_{key}"] = value
                    protocol[f"{name}_{key}"] = how(key, suffix, baselines.sizes[suffix])
    return metrics, protocol


@torch.no_grad()
def figures(
    model: PatchDenoiser,
    images: torch.Tensor,
    baselines: denoising.Baselines,
    suffix: str,
    methods: Collection[str] = METHODS,
) -> dict[str, float]:
    """{figure: value} of some of METHODS for one of NOISES; images (N, 1, 28, 28) in [0, 1].

    Infinite PSNRs are left out, and so are mean squared errors outside the patch, which are too small to read.
    """
    kind, strength, _ = NOISES[suffix]
    noise = denoising.patches(len(images), seed=SEED, kind=kind, strength=strength)
    noisy, mask = patch_noise.corrupt(images, *noise), patch_noise.mask_of(*noise[2:4])
    place = noise[2] * PLACES + noise[3]
    results = {
        "": lambda: torch.cat([model(x) for x in noisy.split(250)]),
        "_informed": lambda: torch.cat([model(x, p) for x, p in zip(noisy.split(250), place.split(250), strict=True)]),
        "_noisy": lambda: noisy,
        "_train_mean": lambda: baselines.mean.view(1, *model.shape).expand_as(images),
        "_pca": lambda: denoising.project(noisy, baselines.mean, baselines.components[: baselines.sizes[suffix]]),
    }
    found = {}
    for method in methods:
        errors = denoising.inside_outside(images, results[method](), mask)
        for figure in ("psnr_inside", "psnr_outside", "mse_inside"):
            if errors[figure] is not None:
                found[f"{figure}{suffix}{method}"] = errors[figure]
    return found


def how(key: str, suffix: str, size: int) -> str:
    """The protocol of one figure, in words."""
    what, where, method = *key.split("_")[:2], next(m for m in reversed(METHODS) if key.endswith(m))
    patch = f"an 8×8 patch of each picture: {NOISES[suffix][2]}, places uniform, seed {SEED}"
    return f"{WHAT[what]} pixels {where} {patch}{METHODS[method].format(size)}"


def main(name: str) -> None:
    """Fit the PCA again to a stored denoiser's train pictures, and write its figures into the card."""
    card = checkpoints.read(name)
    if card.family != "denoiser":
        raise checkpoints.CheckpointError(f"{name} is not a denoiser.")
    splits = command.splits_of(card)
    baselines = denoising.fit_baselines(splits.train.floats(), KINDS_AND_STRENGTHS)
    checkpoints.save_preview(name, checkpoints.preview_to_extend(name) | stored(baselines))
    command.added(name, *measured(checkpoints.load(name), splits, baselines, ("_pca", "_train_mean")))


if __name__ == "__main__":
    command.run("evaluate.denoising", __doc__, main)
