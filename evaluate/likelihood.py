"""Likelihoods of a stored VAE in more detail: python -m evaluate.likelihood NAME adds them to its card.

For every VAE, how much its ELBO varies with the codes; for a Bernoulli VAE of binary pictures, the same for log p(x),
and the effect of more codes; for a Gaussian VAE, the ELBO with the variance that fits its reconstructions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

import checkpoints
from data.splits import Split, Splits
from evaluate import command
from evaluate.features import device_of
from metrics.frechet import intercept
from metrics.likelihood import bounds, elbo_figures, elbo_parts, importance_log_px, log_weights
from models.probability import reparameterise
from models.vae import VAE

SEEDS = (1, 2, 3, 4, 5)  # of the codes; the figures themselves use seed 0
IMAGES = 100  # for the scatter of a bound, which hardly depends on the images
FEWER = 40  # images for which log p(x) is estimated again with more codes
MORE = (200, 500, 1000, 2500, 5000)  # codes per image


def some(split: Split, count: int = IMAGES) -> torch.Tensor:
    """`count` random images (N, C, H, W) in [0, 1] of a Split, the same each time: test sets may be sorted by class."""
    order = torch.randperm(len(split), generator=torch.Generator().manual_seed(0))[:count]
    return Split(split.images[order], split.labels[order]).floats()


def scatter(repeats: torch.Tensor, count: int) -> float:
    """Standard deviation, over new codes, of a mean over `count` images, from values (R, N) of R repeats on N images.

    The repeats of an image are independent, so the variance of the mean is that of one image divided by `count`.
    """
    return (repeats.double().var(0).mean() / count).sqrt().item()


def log_px_scatter(model: VAE, split: Split, k: int) -> float:
    """`scatter` of the mean of log p(x) with k codes over a whole Split, nats."""
    images = some(split, FEWER).to(device_of(model))
    return scatter(torch.stack([importance_log_px(model, images, k, seed=seed) for seed in SEEDS]), len(split))


def elbo_scatter(model: VAE, split: Split) -> float:
    """`scatter` of the ELBO with one code per image over a whole Split, nats."""
    images = some(split).to(device_of(model))
    repeats = []
    for seed in SEEDS:
        terms = list(elbo_parts(model, images, seed=seed))
        repeats.append(torch.cat([likelihood - kl.sum(1) for likelihood, kl in terms]))
    return scatter(torch.stack(repeats), len(split))


@torch.no_grad()
def gains(model: VAE, images: torch.Tensor, sizes: Sequence[int] = MORE, seed: int = 0) -> torch.Tensor:
    """Estimates of log p(x) with K codes, for each K of `sizes`, from the same codes: (N, len(sizes)) nats.

    images (N, C, H, W) in [0, 1]. Each estimate is the mean over all groups of K among the largest number of codes.
    """
    generator, rows = torch.Generator().manual_seed(seed), []
    for x in images.split(1):
        mean, log_var = model.encode(x)
        noise = torch.randn(1, max(sizes), model.latent, generator=generator).to(x.device)
        weights = log_weights(model, x, reparameterise(mean[:, None], log_var[:, None], noise))[0]
        rows.append(torch.tensor(bounds(weights, sizes)[0], dtype=torch.float64))
    return torch.stack(rows)


def more_codes(model: VAE, split: Split, k: int = 200, sizes: Sequence[int] = MORE) -> dict[str, float]:
    """How much log p(x) of a Split gains from more codes than `k`, on FEWER of its images.

    {"gain", "gain_standard_error": mean and error over the images, for the largest K of `sizes`; "gain_infinite":
    extrapolated}, nats. The bias of the log of a mean of K terms falls as 1/K (a Taylor expansion; Nowozin 2018), so
    the last is the intercept of a straight line over 1/K through the larger half of `sizes`.
    """
    table = gains(model, some(split, FEWER).to(device_of(model)), sizes)
    gained = table - table[:, [list(sizes).index(k)]]
    half = range(len(sizes) // 2, len(sizes))
    line = intercept([(sizes[i], gained[:, i].mean().item()) for i in half])
    return {
        "gain": gained[:, -1].mean().item(),
        "gain_standard_error": (gained[:, -1].std() / math.sqrt(len(gained))).item(),
        "gain_infinite": line,
    }


def calibrated(model: VAE, splits: Splits) -> dict[str, float]:
    """The ELBO of the test images with the variance of p(x|z) that maximises the ELBO of the train images.

    For a given encoder and means, that variance is their mean squared error with codes from q(z|x). {"variance",
    "elbo", "elbo_standard_error"}, the last two in nats. Raises ValueError for a Bernoulli model.
    """
    fixed, device = model.variance, device_of(model)
    if fixed is None:
        raise ValueError("A Bernoulli likelihood has no variance to fit.")
    pixels = math.prod(model.shape)
    try:
        nats = elbo_figures(list(elbo_parts(model, some(splits.train, 5000).to(device))))["reconstruction"]
        # log N(x; μ, c) summed over the pixels is −pixels/2 · log(2πc) − squared error / (2c).
        error = -2 * fixed * (nats + pixels / 2 * math.log(2 * math.pi * fixed))
        model.variance = error / pixels
        found = elbo_figures(list(elbo_parts(model, splits.test.floats().to(device))))
        best = model.variance
    finally:
        model.variance = fixed
    return {"variance": best, "elbo": found["elbo"], "elbo_standard_error": found["standard_error"]}


def figures(model: VAE, splits: Splits, metrics: dict) -> tuple[dict, dict]:
    """(metrics, protocol) of this module's figures; metrics: those that the card already has."""
    found, protocol = {}, {}
    how = "from {} seeds of the codes on {} random images".format
    for name, split in (("test", splits.test), ("valid", splits.valid)):
        if split is None:
            continue
        if f"{name}_elbo" in metrics:
            found[f"{name}_elbo_spread"] = elbo_scatter(model, split)
            protocol[f"{name}_elbo_spread"] = f"of that mean over new codes: {how(len(SEEDS), IMAGES)}"
        if f"{name}_log_px_k200" in metrics:
            found[f"{name}_log_px_k200_spread"] = log_px_scatter(model, split, 200)
            protocol[f"{name}_log_px_k200_spread"] = f"of that mean over new codes: {how(len(SEEDS), FEWER)}"
    if "test_log_px_k200" in metrics:
        most, base = MORE[-1], metrics["test_log_px_k200"]
        gained = more_codes(model, splits.test)
        found |= {
            f"test_log_px_k{most}": base + gained["gain"],
            f"test_log_px_k{most}_gain": gained["gain"],
            f"test_log_px_k{most}_gain_standard_error": gained["gain_standard_error"],
            "test_log_px_infinite": base + gained["gain_infinite"],
        }
        protocol |= {
            f"test_log_px_k{most}": f"the value with 200 codes of all test images, plus what {FEWER} random ones gain "
            f"by {most:,} codes instead of 200, nats per image",
            f"test_log_px_k{most}_gain": f"what {FEWER} random test images gain by {most:,} codes instead of 200, the "
            "same codes in groups, nats per image",
            f"test_log_px_k{most}_gain_standard_error": "of that mean, over the images",
            "test_log_px_infinite": "the same extrapolated to infinitely many codes, by a straight line over 1/K "
            f"through K = {', '.join(f'{k:,}' for k in MORE[len(MORE) // 2 :])}",
        }
    if model.variance is not None:
        fit = calibrated(model, splits)
        found |= {
            "calibrated_variance": fit["variance"],
            "test_elbo_calibrated": fit["elbo"],
            "test_elbo_calibrated_standard_error": fit["elbo_standard_error"],
        }
        protocol |= {
            "calibrated_variance": "of a Gaussian p(x|z): mean squared error of 5,000 random train images with one "
            f"code each, in place of the fixed {model.variance:g}",
            "test_elbo_calibrated": "the ELBO of the same encoder and decoder with that variance, nats per image",
            "test_elbo_calibrated_standard_error": "of that mean, over the images",
        }
    return found, protocol


def main(name: str) -> None:
    """Measure a stored VAE and write the figures into its card."""
    card = checkpoints.read(name)
    if not card.encodes:
        raise checkpoints.CheckpointError(f"{name} has no encoder, so it has no likelihood.")
    model = checkpoints.load(name)
    command.added(name, *figures(model, command.splits_of(card), card.metrics))


if __name__ == "__main__":
    command.run("evaluate.likelihood", __doc__, main)
