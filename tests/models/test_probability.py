"""Densities, divergences and the reparameterisation against torch.distributions and closed forms."""

import math

import pytest
import torch
from torch.distributions import Bernoulli, Categorical, Independent, MixtureSameFamily, Normal, kl_divergence

from models.probability import (
    bernoulli_log_prob,
    gaussian_log_density,
    gaussian_log_prob,
    kl_to_standard_normal,
    reparameterise,
    standard_normal_log_prob,
    total_correlation,
)


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


def test_kl_equals_torch_distributions():
    mean, log_var = torch.randn(4, 7), torch.randn(4, 7)
    expected = kl_divergence(Normal(mean, (0.5 * log_var).exp()), Normal(0.0, 1.0))
    assert torch.allclose(kl_to_standard_normal(mean, log_var), expected, atol=1e-6)


def test_kl_of_the_prior_is_zero_and_of_a_shift_is_half_its_square():
    assert kl_to_standard_normal(torch.zeros(1, 1), torch.zeros(1, 1)).item() == 0
    assert kl_to_standard_normal(torch.full((1, 1), 3.0), torch.zeros(1, 1)).item() == pytest.approx(4.5)


def test_log_probs_equal_torch_distributions():
    x, parameters = torch.rand(3, 1, 4, 4), torch.randn(3, 1, 4, 4)
    gaussian = Independent(Normal(parameters, 0.1), 3).log_prob(x)
    assert torch.allclose(gaussian_log_prob(parameters, x, 0.01), gaussian, rtol=1e-5)
    bits = (x > 0.5).float()
    bernoulli = Independent(Bernoulli(logits=parameters), 3).log_prob(bits)
    assert torch.allclose(bernoulli_log_prob(parameters, bits), bernoulli, rtol=1e-5)
    assert standard_normal_log_prob(torch.zeros(1, 3)).item() == pytest.approx(-1.5 * math.log(2 * math.pi))
    z, mean, log_var = torch.randn(3, 5, 4)
    codes = Independent(Normal(mean, (0.5 * log_var).exp()), 1).log_prob(z)
    assert torch.allclose(gaussian_log_density(z, mean, log_var), codes, rtol=1e-5)


def test_bernoulli_log_prob_survives_extreme_logits():
    logits = torch.tensor([[[[1e4, -1e4]]]])
    assert bernoulli_log_prob(logits, torch.tensor([[[[1.0, 0.0]]]])).item() == 0
    assert bernoulli_log_prob(logits, torch.tensor([[[[0.0, 1.0]]]])).item() == pytest.approx(-2e4)


def test_reparameterisation_has_the_right_moments_and_gradients():
    mean, log_var = torch.full((200_000, 1), 2.0), torch.full((200_000, 1), math.log(9.0), requires_grad=True)
    noise = torch.randn(200_000, 1)
    z = reparameterise(mean, log_var, noise)
    assert z.mean().item() == pytest.approx(2.0, abs=0.03)
    assert z.std().item() == pytest.approx(3.0, abs=0.03)
    z.sum().backward()  # dz/dlog σ² = σ·ε / 2
    assert torch.allclose(log_var.grad, 1.5 * noise, atol=1e-5)


def test_the_total_correlation_of_a_complete_set_matches_its_mixture():
    """Where the batch is the whole data set, nothing is estimated: the joint and marginal mixtures of torch."""
    mean, log_var, noise = torch.randn(6, 3), 0.3 * torch.randn(6, 3), torch.randn(6, 3)
    z, equal = reparameterise(mean, log_var, noise), Categorical(torch.ones(6))
    joint = MixtureSameFamily(equal, Independent(Normal(mean, (0.5 * log_var).exp()), 1))
    marginals = [MixtureSameFamily(equal, Normal(mean[:, d], (0.5 * log_var[:, d]).exp())) for d in range(3)]
    expected = joint.log_prob(z) - sum(marginal.log_prob(z[:, d]) for d, marginal in enumerate(marginals))
    assert torch.allclose(total_correlation(z, mean, log_var, 6), expected, atol=1e-5)


def test_the_total_correlation_in_a_batch_weights_a_pictures_own_code_by_the_size_of_the_set():
    """By hand, pair by pair: own picture 1/N, all others of the set by the mean of the batch's others."""
    mean, log_var, noise = torch.randn(3, 5, 2, dtype=torch.float64)
    z, images = reparameterise(mean, log_var, noise), 40
    for i in range(5):
        density = torch.stack([Normal(mean[j], (0.5 * log_var[j]).exp()).log_prob(z[i]).exp() for j in range(5)])
        weights = torch.full((5,), (images - 1) / images / 4, dtype=torch.float64)
        weights[i] = 1 / images
        joint, marginal = weights @ density.prod(1), (weights[:, None] * density).sum(0)
        expected = joint.log() - marginal.log().sum()
        assert total_correlation(z, mean, log_var, images)[i] == pytest.approx(expected.item(), abs=1e-12)
