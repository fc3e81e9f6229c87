"""Estimates of a gradient against autograd; their exact moments against closed forms and many draws."""

import numpy as np
import pytest
import torch
from torch.distributions import Normal

from metrics.gradients import Quadratic, Sine, moments, reparameterised, score_function

FUNCTIONS = {"square": Quadratic(0, 0, 1), "any": Quadratic(-3.0, 2.0, -0.7), "sine": Sine(5.0), "slow": Sine(0.5)}
EVERY = pytest.mark.parametrize("f", FUNCTIONS.values(), ids=FUNCTIONS)
PLACES = pytest.mark.parametrize(("mean", "sd"), [(0.0, 1.0), (1.5, 0.2), (-3.0, 2.0)])
NOISE = np.array([-2.0, -0.3, 0.0, 0.9, 2.4])


def in_torch(f):
    if isinstance(f, Sine):
        return lambda z: torch.sin(f.frequency * z)
    return lambda z: f.constant + f.linear * z + f.square * z**2


def leaves(mean, sd):
    return [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in (mean, sd)]


@EVERY
@PLACES
def test_single_estimates_are_those_of_autograd(f, mean, sd):
    for k, e in enumerate(NOISE):
        mu, sigma = leaves(mean, sd)
        expected = torch.autograd.grad(in_torch(f)(mu + sigma * e), (mu, sigma))
        assert reparameterised(f, mean, sd, NOISE)[:, k] == pytest.approx([g.item() for g in expected], rel=1e-10)
        mu, sigma = leaves(mean, sd)
        z = (mu + sigma * e).detach()
        expected = torch.autograd.grad(in_torch(f)(z) * Normal(mu, sigma).log_prob(z), (mu, sigma))
        found = score_function(f, mean, sd, NOISE)[:, k]
        assert found == pytest.approx([g.item() for g in expected], rel=1e-9, abs=1e-9)


@EVERY
@PLACES
@pytest.mark.parametrize("estimator", [reparameterised, score_function])
def test_both_estimates_are_unbiased(f, mean, sd, estimator):
    assert moments(estimator, f, mean, sd)[0] == pytest.approx(f.gradient(mean, sd), abs=1e-8)


@EVERY
@PLACES
def test_the_spread_of_many_draws_matches_the_computed_one(f, mean, sd):
    noise = np.random.default_rng(0).standard_normal(400_000)
    for estimator in (reparameterised, score_function):
        each = estimator(f, mean, sd, noise)
        assert each.std(1) == pytest.approx(moments(estimator, f, mean, sd)[1], rel=0.02)


@PLACES
@pytest.mark.parametrize("constant", [0.0, 10.0])
def test_spreads_of_the_square_by_hand(mean, sd, constant):
    f = Quadratic(constant, 0, 1)
    # f' = 2z, of which only ε varies: 2σ. f(z) = A + Bε + Dε², and E ε² f² follows from the moments 1, 3, 15 of ε.
    a, b, d = mean**2 + constant, 2 * mean * sd, sd**2
    second = (a**2 + 3 * b**2 + 15 * d**2 + 6 * a * d) / sd**2
    assert moments(reparameterised, f, mean, sd)[1][0] == pytest.approx(2 * sd, rel=1e-9)
    assert moments(score_function, f, mean, sd)[1][0] == pytest.approx(np.sqrt(second - (2 * mean) ** 2), rel=1e-9)


def test_the_statements_of_the_page_about_both_estimates_hold():
    spread = {f: [moments(e, f, 1.0, 1.0)[1][0] for e in (reparameterised, score_function)] for f in FUNCTIONS.values()}
    square, lifted = FUNCTIONS["square"], Quadratic(10, 0, 1)
    assert spread[square][1] > 2 * spread[square][0]
    assert moments(reparameterised, lifted, 1.0, 1.0)[1] == pytest.approx(moments(reparameterised, square, 1.0, 1.0)[1])
    assert moments(score_function, lifted, 1.0, 1.0)[1][0] > 2 * spread[square][1]
    assert spread[FUNCTIONS["sine"]][0] > 3 * spread[FUNCTIONS["sine"]][1]  # a steep, wavy f turns it around


def test_a_sampled_number_has_no_gradient_and_a_reparameterised_one_has():
    mu, sigma = leaves(0.4, 1.3)
    assert not Normal(mu, sigma).sample().requires_grad
    z = mu + sigma * 1.7
    assert torch.autograd.grad(z, (mu, sigma)) == (1.0, 1.7)
