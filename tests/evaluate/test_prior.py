"""The second-stage prior: samples with the moments of the mixture, and the choice of the number of components."""

import numpy as np
import pytest

import checkpoints
from evaluate import prior
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


def test_fit_finds_the_components_that_made_the_codes():
    mixture, scores = prior.fit(prior.draw(MIXTURE, 4000, seed=1).numpy(), components=(1, 2))
    order = mixture.means[:, 0].argsort()
    assert mixture.means[order].numpy() == pytest.approx(MEANS, abs=0.1)
    assert scores[2] > scores[1] + 0.3


def test_the_app_draws_codes_of_the_stored_mixture():
    card = checkpoints.read("kmnist_vae")
    assert list(priors.of(card)) == ["prior", "mixture"]
    codes = priors.draw(card, "mixture", np.random.default_rng(0), 4000)
    preview = checkpoints.preview(card.name)
    mean = preview["mixture_weights"] @ preview["mixture_means"]
    assert codes.dtype == np.float32
    assert codes.mean(0) == pytest.approx(mean, abs=0.15)
    assert list(priors.of(checkpoints.read("mnist_vae"))) == ["prior"]


def test_the_prior_and_the_stored_mixture_keep_their_distance():
    """Samples of the second stage resemble characters: the card says so, and half of the distance was the aim."""
    metrics = checkpoints.read("kmnist_vae").metrics
    assert metrics["frechet_kmnist_mixture_10k"] < metrics["frechet_kmnist_prior_10k"] / 2
