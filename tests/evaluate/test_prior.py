"""The second-stage prior: samples with the moments of the mixture, and the choice of the number of components."""

import numpy as np
import pytest
import torch

import checkpoints
import data
from data.splits import Split, Splits
from evaluate import feature_networks, prior
from evaluate.features import features
from models.mixture import Mixture
from ui.explore import priors

WEIGHTS = np.array([0.3, 0.7])
MEANS = np.array([[-3.0, 1.0], [2.0, 0.0]])
FACTORS = np.array([[[1.0, 0.0], [0.5, 0.4]], [[0.3, 0.0], [-0.2, 0.6]]])
MIXTURE = Mixture(WEIGHTS, MEANS, FACTORS)


def test_samples_have_the_moments_of_the_mixture():
    codes = prior.draw(MIXTURE, 200_000, seed=0).numpy()
    mean = WEIGHTS @ MEANS
    covariance = sum(
        w * (f @ f.T + np.outer(m - mean, m - mean)) for w, m, f in zip(WEIGHTS, MEANS, FACTORS, strict=True)
    )
    assert codes.mean(0) == pytest.approx(mean, abs=0.02)
    assert np.cov(codes.T) == pytest.approx(covariance, abs=0.05)


def test_the_fit_finds_the_true_components():
    mixture, scores = prior.fit(prior.draw(MIXTURE, 4000, seed=1).numpy(), components=(1, 2))
    order = mixture.means[:, 0].argsort()
    assert mixture.means[order].numpy() == pytest.approx(MEANS, abs=0.1)
    assert scores[2] > scores[1] + 0.3


def test_real_pictures_are_test_pictures_followed_by_train_pictures():
    parts = [Split(torch.full((n, 1, 2, 2), n, dtype=torch.uint8), torch.full((n,), n)) for n in (9, 4, 2)]
    split, known = prior.real_pictures(Splits("toy", "", *parts[:2], valid=parts[2]))
    assert split.labels.tolist() == 4 * [4] + 9 * [9] + 2 * [2]
    assert known == ", 11 of which the VAE was trained on"
    assert prior.real_pictures(Splits("toy", "", parts[0], parts[1]))[1] == ", 9 of which the VAE was trained on"


def test_perfect_reconstructions_have_distance_0_and_grey_ones_a_large_distance():
    class Keeps(torch.nn.Module):
        def code(self, x):
            return x.flatten(1)

        def picture(self, z):
            return z.unflatten(1, (1, 28, 28))

    class Greys(Keeps):
        def picture(self, z):
            return torch.full((len(z), 1, 28, 28), 0.5)

    images = torch.from_numpy(data.sample("mnist").images[:300])
    real = features(feature_networks.load("mnist"), images)
    (key, same), *_ = prior.reconstructed(Keeps(), real, images, "mnist")[0].items()
    metrics, protocol = prior.reconstructed(Greys(), real, images, "mnist")
    assert key == "frechet_mnist_reconstructed_10k"
    assert same == pytest.approx(0, abs=1e-3)
    assert metrics[key] > 5
    assert metrics.keys() == protocol.keys()


def test_the_app_samples_from_the_stored_mixture():
    card = checkpoints.read("kmnist_vae")
    assert list(priors.of(card)) == ["prior", "mixture"]
    codes = priors.draw(card, "mixture", np.random.default_rng(0), 4000)
    preview = checkpoints.preview(card.name)
    mean = preview["mixture_weights"] @ preview["mixture_means"]
    assert codes.dtype == np.float32
    assert codes.mean(0) == pytest.approx(mean, abs=0.15)
    assert list(priors.of(checkpoints.read("mnist_vae"))) == ["prior"]


def test_the_mixture_halves_the_distance_of_the_prior():
    """Samples of the second stage resemble characters; the aim in the card was half of the prior's distance."""
    metrics = checkpoints.read("kmnist_vae").metrics
    assert metrics["frechet_kmnist_mixture_10k"] < metrics["frechet_kmnist_prior_10k"] / 2
