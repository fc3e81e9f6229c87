"""Likelihoods in more detail, against a linear-Gaussian model whose log p(x) is known and against brute force."""

import math

import pytest
import torch

from data.splits import Split, Splits
from evaluate import likelihood
from metrics.likelihood import elbo, importance_log_px, log_weights
from tests.metrics.test_likelihood import LinearGaussian


def split_of(count, seed=0):
    images = torch.rand(count, 1, 2, 3, generator=torch.Generator().manual_seed(seed))
    return Split(images, torch.arange(count))


def test_the_spread_equals_that_of_many_means_over_all_images():
    model, split = LinearGaussian(off=(0.2, 1.5)), split_of(40)
    means = torch.stack([importance_log_px(model, split.floats(), 3, seed=100 + k).mean() for k in range(300)])
    assert likelihood.log_px_scatter(model, split, 3) == pytest.approx(means.std().item(), rel=0.25)
    bounds = torch.tensor([elbo(model, split.floats(), seed=100 + k)["elbo"] for k in range(300)])
    assert likelihood.elbo_scatter(model, split) == pytest.approx(bounds.std().item(), rel=0.25)


def test_the_spread_falls_with_the_square_root_of_the_number_of_images():
    repeats = torch.randn(5, 4000, generator=torch.Generator().manual_seed(0)) + torch.arange(4000)
    assert likelihood.scatter(repeats, 100) == pytest.approx(0.1, rel=0.05)


def test_images_of_a_sorted_set_are_of_all_classes():
    split = Split(torch.zeros(1000, 1, 1, 1), torch.arange(10).repeat_interleave(100))
    split = Split(split.labels.float().view(-1, 1, 1, 1), split.labels)
    assert set(likelihood.some(split).flatten().tolist()) == set(range(10))
    assert torch.equal(likelihood.some(split), likelihood.some(split))


def test_more_codes_help_only_without_the_exact_posterior():
    split = split_of(60)
    exact = likelihood.more_codes(LinearGaussian(), split, 20, (20, 50, 100, 250, 500))
    assert list(exact.values()) == pytest.approx([0, 0, 0], abs=1e-4)
    model = LinearGaussian(off=(0.2, 1.5))
    found = likelihood.more_codes(model, split, 20, (20, 50, 100, 250, 500))
    images = likelihood.some(split, likelihood.FEWER)
    truth = model.exact(images).mean().item() - likelihood.gains(model, images, (20, 500))[:, 0].mean().item()
    assert 0 < found["gain"] < found["gain_infinite"]
    assert found["gain_infinite"] == pytest.approx(truth, abs=0.02)
    assert abs(found["gain_infinite"] - truth) < abs(found["gain"] - truth) + 0.01


def test_a_row_of_gains_is_the_mean_of_its_groups():
    model, x = LinearGaussian(off=(0.2, 1.5)), split_of(2).floats()
    values = likelihood.gains(model, x, (5, 20))
    generator = torch.Generator().manual_seed(0)
    mean, log_var = model.encode(x)
    for k in range(2):
        noise = torch.randn(1, 20, 3, generator=generator)
        w = log_weights(model, x[k : k + 1], mean[k, None, None] + (0.5 * log_var[k]).exp() * noise)[0]
        groups = [math.log(w[i : i + 5].exp().mean()) for i in range(0, 20, 5)]
        assert values[k].tolist() == pytest.approx([sum(groups) / 4, math.log(w.exp().mean())], abs=1e-6)


def test_the_fitted_variance_has_the_largest_bound():
    model, train, test = LinearGaussian(off=(0.1, 1.2)), split_of(80), split_of(30, seed=1)
    found = likelihood.calibrated(model, Splits("toy", "", train, test))
    assert model.variance == 0.3  # as before

    def bound(variance, images):
        model.variance = variance
        return elbo(model, images)["elbo"]

    images = likelihood.some(train, 5000)
    values = [bound(found["variance"] * 1.05**k, images) for k in range(-5, 6)]
    assert max(values) == values[5]
    assert found["elbo"] == pytest.approx(bound(found["variance"], test.floats()), abs=1e-4)


def test_a_bernoulli_model_has_no_variance():
    model = LinearGaussian()
    model.variance = None
    with pytest.raises(ValueError, match="no variance"):
        likelihood.calibrated(model, Splits("toy", "", split_of(4), split_of(4)))
