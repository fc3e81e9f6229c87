"""Measures for the runs of a comparison: measure(model, splits) -> {name: number}."""

from __future__ import annotations

import statistics
from typing import Any

import torch

from data.splits import Split, Splits, sprites
from evaluate import disentanglement, feature_networks, real, variational
from evaluate.features import device_of, features
from evaluate.generated import class_figures, neighbourhoods
from evaluate.samples import SEEDS, of_each_class, pictures
from metrics import denoising, mig
from metrics.frechet import frechet_of_features
from metrics.likelihood import elbo, importance_log_px
from metrics.neighbours import knn_accuracy
from models import patch_noise
from models.denoiser import PatchDenoiser
from models.flow import Flow
from models.latent_flow import LatentFlow
from models.noise_kinds import KINDS
from models.vae import VAE

SAMPLES = 10_000


def _mean_distance(tables, known):
    return statistics.mean(frechet_of_features(table, known) for table in tables)


def of_samples(model: Any, splits: Splits) -> dict[str, float]:
    """Fréchet distances of 10,000 samples to test and held-out pictures, means over the samples' seeds."""
    classifier: Any = feature_networks.load(splits.name).to(device_of(model))
    return _of_samples(model, classifier, splits, _real(classifier, splits))


def _real(classifier, splits):
    """{"NAME_10k", "held": features (N, width)} of the test pictures, and of held-out ones if there are any."""
    parts = {f"{splits.name}_10k": splits.test, "held": splits.valid}
    return {key: features(classifier, split.images) for key, split in parts.items() if split is not None}


def _of_samples(model, classifier, splits, real):
    tables = [features(classifier, pictures(model, SAMPLES, seed)) for seed in SEEDS]
    values = {f"frechet_{key}": _mean_distance(tables, known) for key, known in real.items()}
    tested = next(iter(real.values()))
    values |= neighbourhoods(splits.test, tested, tables[0])[0]
    of_classes, _ = class_figures(classifier, tables[0], tested)
    values |= {name: of_classes[name] for name in ("recognised", "effective_classes")}
    return values | {"largest_share": max(of_classes["class_shares"])}


def of_flow(model: Flow | LatentFlow, splits: Splits) -> dict[str, float]:
    """The same, and also with equally many samples of every class."""
    classifier: Any = feature_networks.load(splits.name).to(device_of(model))
    real = _real(classifier, splits)
    values = _of_samples(model, classifier, splits, real)
    drawn = [features(classifier, of_each_class(model, SAMPLES, seed)) for seed in SEEDS]
    return values | {f"frechet_{key}_classes": _mean_distance(drawn, known) for key, known in real.items()}


def of_latent_flow(model: LatentFlow, splits: Splits) -> dict[str, float]:
    """The same, and how near samples and test pictures are to train pictures: much nearer samples are copies."""
    near = {
        "nearest_train": real.nearest_train(pictures(model, 500, SEEDS[0]), splits),
        "nearest_train_of_test": real.nearest_train(splits.test.some(500).images, splits),
    }
    return of_flow(model, splits) | near


def of_evenly_drawn(model: Any, splits: Splits) -> dict[str, float]:
    """Fréchet distance of 10,000 samples to the test pictures, mean over the samples' seeds.

    A model with classes draws equally many of each, since the test pictures are balanced, too; others draw at random.
    """
    draw = of_each_class if isinstance(model, Flow) and model.classes else pictures
    classifier: Any = feature_networks.load(splits.name).to(device_of(model))
    tables = [features(classifier, draw(model, SAMPLES, seed)) for seed in SEEDS]
    return {f"frechet_{splits.name}_10k": _mean_distance(tables, features(classifier, splits.test.images))}


def of_codes(model: VAE, splits: Splits) -> dict[str, float]:
    """5-nearest-neighbour accuracy of held-out and test codes among train codes, and the MSE."""
    model = model.cpu()
    train, test = splits.train, splits.test
    assert splits.valid is not None
    known = variational.codes(model, train)

    def accuracy(split: Split) -> float:
        return knn_accuracy(known, train.labels, variational.codes(model, split), split.labels)

    bound = variational.reconstruction_figures(model, test.floats())
    return {"knn5_held": accuracy(splits.valid), "knn5_accuracy": accuracy(test)} | {
        f"test_{name}": bound[name] for name in ("elbo", "mse")
    }


def of_reconstructions(model: VAE, splits: Splits) -> dict[str, float]:
    """Mean cosine between pictures, held-out and test, and their reconstructions; the test ELBO in nats."""
    assert splits.valid is not None
    model = model.cpu()
    held, tested = (variational.reconstruction_figures(model, split.floats()) for split in (splits.valid, splits.test))
    return {"held_cosine": held["cosine"], "test_cosine": tested["cosine"], "test_elbo": tested["elbo"]}


@torch.no_grad()
def of_squares(model: PatchDenoiser, splits: Splits) -> dict[str, float]:
    """PSNR in dB of held-out and test pictures with a patch of each kind at an unknown place, inside and outside it.

    Each kind with the strength used in cards; a restoration without any error has no number.
    """
    assert splits.valid is not None
    model, values = model.cpu(), {}
    for name, images in (("held", splits.valid.floats()), ("test", splits.test.floats())):
        for kind, facts in KINDS.items():
            noise = denoising.patches(len(images), seed=0, kind=kind, strength=facts.measured)
            restored = torch.cat([model(x) for x in patch_noise.corrupt(images, *noise).split(250)])
            errors = denoising.inside_outside(images, restored, patch_noise.mask_of(*noise[2:4]))
            values |= {f"{name}_psnr_{where}_{kind}": errors[f"psnr_{where}"] for where in ("inside", "outside")}
    return {key: value for key, value in values.items() if value is not None}


def of_factors(model: Any, splits: Splits) -> dict[str, float]:
    """The mutual information gap, its parts, and the ELBO of the test pictures in nats."""
    device = device_of(model)
    bound = elbo(model, splits.test.floats().to(device))
    information, entropy = disentanglement.knowledge(disentanglement.encoded(model, splits.test), sprites()[1])
    gap = mig.gaps(information, entropy)
    each = {f"mig_{name}": value for name, value in zip(disentanglement.FACTORS, gap.tolist(), strict=True)}
    return {"mig": gap.mean().item()} | each | {f"test_{name}": bound[name] for name in ("elbo", "kl")}


def of_bounds(model: Any, splits: Splits) -> dict[str, float]:
    """The ELBO and its KL in nats, over all validation and all test pictures."""
    assert splits.valid is not None
    values, model = {}, model.cpu()
    for name, split in (("valid", splits.valid), ("test", splits.test)):
        parts = elbo(model, split.floats())
        values |= {f"{name}_elbo": parts["elbo"], f"{name}_kl": parts["kl"]}
    return values


def of_densities(model: Any, splits: Splits) -> dict[str, float]:
    """log p(x) in nats with 1,000 codes, for 2,000 validation and 2,000 test pictures of all digits."""
    assert splits.valid is not None
    device = device_of(model)

    def density(split: Split) -> float:
        return importance_log_px(model, split.some(2000).floats().to(device), 1000).mean().item()

    return {"valid_log_px_k1000": density(splits.valid), "test_log_px_k1000": density(splits.test)}
