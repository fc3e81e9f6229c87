"""What a denoiser restores of a noisy patch, beside three simple ways to do it."""

import torch

import checkpoints
from data.splits import Splits
from evaluate import Evaluation
from metrics import denoising
from metrics.reconstruction import mse
from models import patch_noise
from models.denoiser import PLACES, PatchDenoiser
from models.noise_kinds import KINDS
from models.vae import reconstruct

FAMILIAR = "mnist_vae"  # its error tells how much a picture is like MNIST, see `evaluate`

HEADLINE = "gaussian"
COUNT = ("five", "six", "seven", "eight")[len(KINDS) - 5]  # of the kinds
# What is measured: suffix of the figure -> (kind, strength, words); None stands for all of them.
NOISES = {"" if name == HEADLINE else f"_{name}": (name, kind.measured, kind.words) for name, kind in KINDS.items()} | {
    "_mixed": (None, None, f"all {COUNT} kinds equally often, strengths uniform from 0.1 to 1")
}
ON_SAMPLE = ("", "_mixed")  # measured on the shipped pictures too
SEED = 0
WHAT = {"psnr": "PSNR (dB, peak 1) of the error pooled over all", "mse": "mean squared error over all"}
METHODS = {
    "": "; the place of the patch is not told",
    "_informed": "; the place is told, and outside of it the picture is copied (no error, an infinite PSNR)",
    "_noisy": "; of the noisy picture itself",
    "_train_mean": "; of the mean of the train pictures, whatever the picture",
    "_pca": "; of the noisy picture projected on the first {} principal components of the train pictures, clamped to "
    "[0, 1] (the best of 2 to 200 inside the patch, chosen on train pictures)",
}


def evaluate(model: PatchDenoiser, splits: Splits) -> Evaluation:
    """Figures on the test set and on the shipped pictures, beside those of the three baselines."""
    model = model.cpu()
    mean, components = denoising.fit_baselines(splits.train.floats())
    metrics, protocol = {}, {}
    for name, split, noises in (("test", splits.test, NOISES), ("sample", splits.sample, ON_SAMPLE)):
        if split is None:
            continue
        for suffix in noises:
            for key, value in figures(model, split.floats(), mean, components, suffix).items():
                if suffix in ON_SAMPLE or key == f"psnr_outside{suffix}" or key.startswith("psnr_inside"):
                    metrics[f"{name}_{key}"] = value
                    protocol[f"{name}_{key}"] = how(key, suffix, len(components))
    familiar = checkpoints.load(FAMILIAR)
    own = torch.cat([mse(x, reconstruct(familiar, x)) for x in splits.test.floats().split(500)])
    arrays = {
        "train_mean": mean.numpy(),
        "pca_components": components.numpy(),
        "vae_error_quantiles": own.quantile(torch.linspace(0, 1, 101)).numpy(),
    }
    return Evaluation(metrics, protocol, arrays)


@torch.no_grad()
def figures(
    model: PatchDenoiser, images: torch.Tensor, mean: torch.Tensor, components: torch.Tensor, suffix: str
) -> dict[str, float]:
    """{figure: value} of a denoiser and the baselines for one of NOISES; images (N, 1, 28, 28) in [0, 1].

    mean (784,) and components (K, 784): see metrics.denoising.fit_baselines. Infinite PSNRs are left out, and so are
    mean squared errors outside, which are too small to be read.
    """
    kind, strength, _ = NOISES[suffix]
    noise = denoising.patches(len(images), seed=SEED, kind=kind, strength=strength)
    noisy, mask = patch_noise.corrupt(images, *noise), patch_noise.mask_of(*noise[2:4])
    place = noise[2] * PLACES + noise[3]
    results = {
        "": torch.cat([model(x) for x in noisy.split(250)]),
        "_informed": torch.cat([model(x, p) for x, p in zip(noisy.split(250), place.split(250), strict=True)]),
        "_noisy": noisy,
        "_train_mean": mean.view(1, *model.shape).expand_as(images),
        "_pca": denoising.project(noisy, mean, components),
    }
    measured = {}
    for method, result in results.items():
        errors = denoising.inside_outside(images, result, mask)
        for figure in ("psnr_inside", "psnr_outside", "mse_inside"):
            if errors[figure] is not None:
                measured[f"{figure}{suffix}{method}"] = errors[figure]
    return measured


def how(key: str, suffix: str, size: int) -> str:
    """One figure's protocol in words."""
    what, where, method = *key.split("_")[:2], next(m for m in reversed(METHODS) if key.endswith(m))
    patch = f"an 8×8 patch of each picture: {NOISES[suffix][2]}, places uniform, seed {SEED}"
    return f"{WHAT[what]} pixels {where} {patch}{METHODS[method].format(size)}"
