"""Figures of a VAE of a visitor's own pictures, on held-out ones and compared with a PCA of its size; and of the
samples of a GAN."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch

import checkpoints
from data.splits import Split, Splits
from evaluate import Evaluation, feature_networks, preview
from evaluate import real as of_real
from evaluate.features import features
from evaluate.samples import pictures
from evaluate.variational import bounds_and_pictures, codes, linear_figures
from metrics.kid import kid
from metrics.neighbours import knn_accuracy
from metrics.reconstruction import mse
from models.gan import GAN
from models.probability import reparameterise
from models.vae import VAE, reconstruct

NEIGHBOURS = 5
MOST_MAPPED = 5000  # pictures
SAMPLES = 1000


@torch.no_grad()
def calibrate(model: VAE, split: Split) -> None:
    """Set a VAE's variance of p(x|z) to the mean squared error of its pictures, with one code each.

    The best constant for a Gaussian (Rybkin et al. 2021, equation 6), to four digits. Noise with seed 0.
    """
    generator, total = torch.Generator().manual_seed(0), 0.0
    for x in split.floats().split(500):
        mean, log_var = model.encode(x)
        noise = torch.randn(mean.shape, generator=generator)
        total += (model.decode(reparameterise(mean, log_var, noise)) - x).square().mean().item() * len(x)
    model.variance = float(f"{max(total / len(split), 1e-6):.4g}")


def evaluate(model: VAE, splits: Splits) -> Evaluation:
    """Figures on the held-out pictures, after `calibrate`, and the preview with all pictures, the held-out ones first.

    test_mse_pcaK: a PCA of the train pictures with as many components as the code has dimensions, or with as many as
    possible. With fewer than K + 1 pictures the PCA keeps everything.
    """
    model = model.cpu()
    calibrate(model, splits.train)
    metrics, protocol = bounds_and_pictures(model, splits)
    train, test = splits.train, splits.test
    of_pca, how = linear_figures(splits, min(model.latent, len(train) - 1))
    metrics, protocol = metrics | of_pca, protocol | how
    with torch.no_grad():
        errors = [mse(x, reconstruct(model, x)) for x in train.floats().split(500)]
    metrics["train_mse"] = torch.cat(errors).double().mean().item()
    protocol["train_mse"] = "the same error on the pictures that were trained on"
    if len(set(train.labels.tolist())) > 1 and len(train) > NEIGHBOURS:
        metrics["knn5_accuracy"] = knn_accuracy(codes(model, train), train.labels, codes(model, test), test.labels)
        protocol["knn5_accuracy"] = "5 nearest train codes vote on the class of a held-out code (Euclidean)"
    return Evaluation(metrics, protocol, drawn(model, splits))


def evaluate_generator(model: GAN, splits: Splits) -> Evaluation:
    """How near samples are to train pictures, compared with held-out ones; their KID to the latter, if a stored
    classifier takes pictures of this size; and the preview."""
    model = model.cpu()
    samples = pictures(model, SAMPLES)
    metrics = {
        "nearest_train": of_real.nearest_train(samples[:500], splits),
        "nearest_train_of_test": of_real.nearest_train(splits.test.some(500).images, splits),
    }
    protocol = {
        "nearest_train": "mean distance of 500 samples to their nearest train picture, pixels in [0, 1]",
        "nearest_train_of_test": "the same for held-out pictures; samples that come much closer are copies",
    }
    network = feature_networks.OF_OWN.get(model.shape)
    if network is not None:
        classifier = checkpoints.load(network)
        tables = [features(classifier, images) for images in (samples, splits.test.images)]
        metrics["kid"] = kid(*tables)
        protocol["kid"] = (
            f"{SAMPLES:,} samples against {len(splits.test):,} held-out pictures, features of {network}, all pairs"
        )
    return Evaluation(metrics, protocol, preview.of_generator(model))


def drawn(model: VAE, splits: Splits) -> dict[str, np.ndarray]:
    """The preview with the codes of all pictures, held-out ones first, so that a map shows all of them."""
    return preview.build(model, dataclasses.replace(splits, test=together(splits)), codes=MOST_MAPPED)


def together(splits: Splits) -> Split:
    """All pictures, the held-out ones first: the order in which the app numbers them."""
    both = (splits.test, splits.train)
    return Split(torch.cat([part.images for part in both]), torch.cat([part.labels for part in both]))
