"""Fit a second-stage prior to the codes of a stored VAE: python -m evaluate.prior kmnist_vae

A mixture of Gaussians with full covariances over codes z ~ q(z|x) of the train images. The number of components
maximises the density of held-out codes. The mixture is added to the preview next to the weights, and the Fréchet
distance of decoded codes with and without it to the card.
"""

from typing import Any

import numpy as np
import torch
from sklearn.mixture import GaussianMixture

import checkpoints
from data.splits import Split, Splits
from evaluate import command, feature_networks
from evaluate.features import features
from evaluate.real import infinite_floor, of_halves
from evaluate.samples import MEAN, SEEDS, decoded, over_seeds
from metrics.frechet import extrapolated_both, frechet_of_features
from models.mixture import Mixture
from models.probability import reparameterise
from models.vae import VAE

COMPONENTS = (1, 2, 4, 8, 16)
SAMPLES = 10_000


@torch.no_grad()
def drawn_codes(model: VAE, split: Split) -> np.ndarray:
    """One code from q(z|x) per image of a Split: (N, latent) float64, numpy."""
    generator, codes = torch.Generator().manual_seed(0), []
    for x in split.floats().split(500):
        mean, log_var = model.encode(x)
        codes.append(reparameterise(mean, log_var, torch.randn(mean.shape, generator=generator)))
    return torch.cat(codes).double().numpy()


def fit(codes: np.ndarray, components: tuple[int, ...] = COMPONENTS, seed: int = 0) -> tuple[Mixture, dict[int, float]]:
    """(mixture, {components: mean log density of held-out codes}): a tenth of the codes (N, D) is held out."""
    order = np.random.default_rng(seed).permutation(len(codes))
    held, kept = codes[order[: len(codes) // 10]], codes[order[len(codes) // 10 :]]
    fits = {k: GaussianMixture(k, reg_covar=1e-4, random_state=seed).fit(kept) for k in components}
    scores = {k: float(mixture.score(held)) for k, mixture in fits.items()}
    best = fits[max(scores, key=lambda k: scores[k])]
    factors = np.linalg.cholesky(np.asarray(best.covariances_))
    return Mixture(best.weights_, best.means_, factors), scores


def draw(mixture: Mixture, n: int, seed: int) -> torch.Tensor:
    """Codes (n, D) float32 from a Mixture over D dimensions, with noise from a CPU generator with this seed."""
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(n, mixture.means.shape[1], generator=generator)
    return mixture.sample(noise, torch.rand(n, generator=generator))


def real_pictures(splits: Splits) -> tuple[Split, str]:
    """(SAMPLES real pictures of a Splits, test pictures first, words that say how many of them were trained on)."""
    parts = [part for part in (splits.test, splits.train, splits.valid) if part is not None]
    images, labels = (torch.cat([getattr(part, each) for part in parts])[:SAMPLES] for each in ("images", "labels"))
    trained_on = max(0, len(images) - len(splits.test))  # if there are fewer test pictures than SAMPLES
    return Split(images, labels), f", {trained_on:,} of which the VAE was trained on" if trained_on else ""


@torch.no_grad()
def reconstructed(model: VAE, real: torch.Tensor, images: torch.Tensor, dataset: str) -> tuple[dict, dict]:
    """(metrics, protocol): the distance of reconstructions (from posterior means) to the pictures themselves, which a
    second stage can hardly beat. real (N, width): features of images (N, C, H, W) uint8."""
    classifier: Any = feature_networks.load(dataset)
    codes = torch.cat([model.code(x) for x in images.float().div(255).split(500)])
    key = f"frechet_{dataset}_reconstructed_10k"
    return {key: frechet_of_features(features(classifier, decoded(model, codes)), real)}, {
        key: f"pictures of the posterior means of the {len(images):,} real pictures against these themselves, features "
        f"of {feature_networks.CLASSIFIERS[dataset]}"
    }


def main(name: str) -> checkpoints.Card:
    """Fit the second stage of a stored VAE; write it next to the weights, and the figures into the card."""
    if not checkpoints.read(name).encodes:
        raise checkpoints.CheckpointError(f"{name} has no encoder, so there are no codes to fit a prior to.")
    model, splits = command.generator(name)
    mixture, scores = fit(drawn_codes(model, splits.train))
    network = feature_networks.CLASSIFIERS[splits.name]
    classifier = checkpoints.load(network)
    everything, known = real_pictures(splits)
    real = features(classifier, everything.images)
    held = real[: len(splits.test)]
    codes = {
        "prior": lambda seed: torch.randn(SAMPLES, model.latent, generator=torch.Generator().manual_seed(seed)),
        "mixture": lambda seed: draw(mixture, SAMPLES, seed),
    }
    against = f"{SAMPLES:,} decoded codes against {len(real):,} real pictures{known}, features of {network}; {MEAN}"
    metrics: dict[str, float] = {"mixture_components": len(mixture.weights)}
    protocol = {
        f"frechet_{splits.name}_prior_10k": f"codes from N(0, I): {against}",
        f"frechet_{splits.name}_mixture_10k": f"codes from the fitted mixture: {against}",
        "mixture_components": "of those tried the number with the highest density of held-out codes, nats: "
        + ", ".join(f"{k}: {score:.1f}" for k, score in scores.items()),
    }
    beside = reconstructed(model, real, everything.images, splits.name)
    for found, how in (of_halves("frechet", real), infinite_floor(real), beside):
        metrics, protocol = metrics | found, protocol | how
    for kind, drawn in codes.items():
        tables = [features(classifier, decoded(model, drawn(seed))) for seed in SEEDS]
        infinite = f"frechet_{splits.name}_{kind}_infinite"
        protocol[infinite] = (
            f"the same codes against the {len(held):,} test pictures, none of them trained on, equal parts of both "
            f"extrapolated to infinitely many; {MEAN}"
        )
        for key, values in (
            (f"frechet_{splits.name}_{kind}_10k", [frechet_of_features(table, real) for table in tables]),
            (infinite, [extrapolated_both(table, held, seed=seed) for seed, table in zip(SEEDS, tables, strict=True)]),
        ):
            found, how = over_seeds(key, values)
            metrics, protocol = metrics | found, protocol | how
    arrays = {
        "mixture_weights": mixture.weights.float().numpy(),
        "mixture_means": mixture.means.float().numpy(),
        "mixture_factors": mixture.factors.float().numpy(),
        "prior_mixture": decoded(model, draw(mixture, 100, seed=0)).numpy(),
    }
    checkpoints.save_preview(name, checkpoints.preview_to_extend(name) | arrays)
    return command.added(name, metrics, protocol, then=f"python -m evaluate.prior {name}")


if __name__ == "__main__":
    command.run("evaluate.prior", __doc__, main)
