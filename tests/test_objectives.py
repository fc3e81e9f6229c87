"""Objectives against other ways to the same gradient, and moving averages against their formula."""

import dataclasses
import math

import pytest
import torch
from torch import nn

from models.probability import gaussian_log_density, reparameterise, standard_normal_log_prob
from models.vae import MLPVAE
from tests.toy_training import RECIPES
from train.averaging import Average
from train.objectives import iwae

STILL = dataclasses.replace(RECIPES[0], learning_rate=0.0, batch=40_000)


def plain_gradients(model, x, codes):
    """The gradient of −log 1/K Σ w as autograd gives it: right on average, and noisy for the encoder."""
    mean, log_var = (t.repeat_interleave(codes, 0) for t in model.encode(x))
    z = reparameterise(mean, log_var, torch.randn(len(x) * codes, model.latent))
    weights = model.log_likelihood(x.repeat_interleave(codes, 0), z) + standard_normal_log_prob(z)
    weights = (weights - gaussian_log_density(z, mean, log_var)).view(len(x), codes)
    loss = math.log(codes) - weights.logsumexp(1).mean()
    return loss.item(), torch.autograd.grad(loss, list(model.parameters()))


def test_doubly_reparameterised_gradient_has_the_mean_of_the_plain_one():
    torch.manual_seed(0)
    model = MLPVAE(latent=2, hidden=3, shape=(1, 2, 2))
    with torch.no_grad():
        for p in model.parameters():
            p.mul_(2)  # a posterior that differs from the prior
    x = torch.tensor([1.0, 0.0, 1.0, 1.0]).view(1, 1, 2, 2).expand(40_000, -1, -1, -1)
    step, _ = iwae(model, STILL, 10, codes=4)
    bound = step(x, None)["bound"].item()
    ours = torch.cat([p.grad.flatten() for p in model.parameters()])
    loss, plain = plain_gradients(model, x, 4)
    plain = torch.cat([g.flatten() for g in plain])
    assert bound == pytest.approx(-loss, abs=0.01)
    assert (ours - plain).norm() < 0.03 * plain.norm()


def test_one_code_gives_the_evidence_lower_bound():
    torch.manual_seed(1)
    model = MLPVAE(latent=2, hidden=3, shape=(1, 2, 2))
    x = torch.ones(40_000, 1, 2, 2)
    step, _ = iwae(model, STILL, 10, codes=1)
    assert step(x, None)["bound"].item() == pytest.approx(-plain_gradients(model, x, 1)[0], abs=0.01)


def test_average_follows_its_formula_and_can_be_put_in_place():
    layer = nn.Linear(1, 1, bias=False)
    values, expected = [1.0, 3.0, -2.0], 1.0
    average = Average(layer, decay=0.9)
    for value in values:
        nn.init.constant_(layer.weight, value)
        average.update()
        expected = 0.9 * expected + 0.1 * value if value != 1.0 else expected
    with average.in_place():
        assert layer.weight.item() == pytest.approx(expected)
    assert layer.weight.item() == -2.0
    average.finish()
    assert layer.weight.item() == pytest.approx(expected)
