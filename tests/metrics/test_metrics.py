"""Metrics on inputs whose value is known, and on a perfect and a useless input."""

import math

import numpy as np
import pytest
import torch

from metrics.interpolation import class_pairs, interpolation_rows, rows_kept
from metrics.likelihood import elbo
from metrics.linear import pca_mse
from metrics.neighbours import knn_accuracy
from metrics.reconstruction import cosine, mse, psnr
from models.vae import MLPVAE


def test_reconstruction_metrics_at_known_points():
    x, y = torch.zeros(1, 1, 2, 2), torch.full((1, 1, 2, 2), 0.1)
    assert mse(x, y).item() == pytest.approx(0.01)
    assert psnr(x, y).item() == pytest.approx(20.0, abs=1e-4)
    assert psnr(x, x).item() == math.inf
    assert cosine(y, 3 * y).item() == pytest.approx(1.0)
    assert cosine(x, y).item() == 0.0


def test_elbo_of_a_model_that_ignores_its_code_is_known():
    """Zero weights: logits 0, mean 0, log variance 0. Then log p = −pixels·log 2 for any picture, and KL = 0."""
    model = MLPVAE(latent=3, hidden=4, shape=(1, 2, 2)).eval()
    for p in model.parameters():
        p.data.zero_()
    result = elbo(model, torch.rand(10, 1, 2, 2))
    assert result["elbo"] == pytest.approx(-4 * math.log(2), rel=1e-6)
    assert result["kl"] == 0
    assert result["standard_error"] == pytest.approx(0, abs=1e-6)


def test_elbo_does_not_depend_on_the_batch():
    torch.manual_seed(0)
    model, x = MLPVAE(latent=3, hidden=8, shape=(1, 4, 4)).eval(), torch.rand(30, 1, 4, 4)
    small, large = elbo(model, x, batch=7), elbo(model, x, batch=30)
    assert small["elbo"] == pytest.approx(large["elbo"], rel=1e-6)
    assert sum(small["kl_per_dimension"]) == pytest.approx(small["kl"], rel=1e-6)


def test_pca_mse_is_the_variance_of_the_dropped_directions():
    rng = np.random.default_rng(0)
    scale = np.array([3.0, 2.0, 0.5, 0.1])
    rotation, _ = np.linalg.qr(rng.standard_normal((4, 4)))
    x = 0.5 + (rng.standard_normal((200_000, 4)) * scale) @ rotation / 50  # far from the bounds
    assert pca_mse(x, x, 2) == pytest.approx((0.25 + 0.01) / 4 / 50**2, rel=0.02)
    assert pca_mse(x, x, 4) == pytest.approx(0, abs=1e-12)


def test_pca_mse_is_computed_after_clipping_to_the_bounds():
    """Black and white pixels, one in ten white: the mean picture is grey, and projections leave [0, 1]."""
    x = (np.random.default_rng(0).random((500, 12)) < 0.1).astype(float)
    centred = x - x.mean(0)
    components = np.linalg.svd(centred, full_matrices=False)[2][:6]
    projected = x.mean(0) + centred @ components.T @ components
    assert projected.min() < 0
    assert pca_mse(x, x, 6) == pytest.approx(np.square(np.clip(projected, 0, 1) - x).mean())
    assert pca_mse(x, x, 6) < np.square(projected - x).mean()


def test_pca_mse_of_few_large_pictures_matches_the_remaining_singular_values():
    x = 0.5 + np.random.default_rng(0).random((10, 50)) / 10
    left = np.linalg.svd(x - x.mean(0), compute_uv=False)[3:]
    assert pca_mse(x, x, 3) == pytest.approx(np.square(left).sum() / x.size)


def test_knn_accuracy_of_perfect_and_of_useless_codes():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, 2000)
    perfect = np.eye(10)[labels] + 0.01 * rng.standard_normal((2000, 10))
    assert knn_accuracy(perfect[:1000], labels[:1000], perfect[1000:], labels[1000:]) == 1.0
    useless = rng.standard_normal((2000, 10))
    assert knn_accuracy(useless[:1000], labels[:1000], useless[1000:], labels[1000:]) == pytest.approx(0.1, abs=0.04)


@pytest.mark.parametrize("same", [True, False])
def test_pairs_are_correct_and_reproducible(same):
    labels = torch.arange(500) % 10
    pairs = class_pairs(labels, 300, same=same, seed=3)
    assert pairs.shape == (300, 2)
    assert ((labels[pairs[:, 0]] == labels[pairs[:, 1]]) == same).all()
    assert (pairs[:, 0] != pairs[:, 1]).all()
    assert torch.equal(pairs, class_pairs(labels, 300, same=same, seed=3))
    assert not torch.equal(pairs, class_pairs(labels, 300, same=same, seed=4))


@pytest.mark.parametrize(("labels", "same"), [([3, 3, 3], False), ([0, 1, 2], True), ([5], True), ([], False)])
def test_missing_pairs_raise_an_error(labels, same):
    with pytest.raises(ValueError, match="the same class" if same else "different classes"):
        class_pairs(torch.tensor(labels, dtype=torch.int64), 10, same=same, seed=0)


def test_rows_have_the_originals_and_seven_decoded_lerps():
    torch.manual_seed(0)
    model = MLPVAE(latent=3, hidden=8, shape=(1, 4, 4)).eval()
    a, b = torch.rand(2, 1, 4, 4), torch.rand(2, 1, 4, 4)
    rows = interpolation_rows(model, a, b)
    assert rows.shape == (2, 9, 1, 4, 4)
    assert torch.equal(rows[:, 0], a)
    assert torch.equal(rows[:, 8], b)
    middle = model.picture((model.encode(a)[0] + model.encode(b)[0]) / 2)
    assert torch.allclose(rows[:, 4], middle, atol=1e-6)


def test_rows_kept_counts_complete_rows():
    def classifier(x):  # the class is the brightest of two pixels
        return x.flatten(1)

    zero, one = torch.tensor([[[1.0, 0.0]]]), torch.tensor([[[0.0, 1.0]]])
    rows = torch.stack([torch.stack([zero] * 9), torch.stack([zero] * 8 + [one])])
    assert rows_kept(classifier, rows, torch.tensor([0, 0])) == 0.5
    assert rows_kept(classifier, rows, torch.tensor([1, 1])) == 0.0
