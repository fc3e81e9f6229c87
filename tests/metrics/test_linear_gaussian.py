"""Closed forms of the linear Gaussian model against integrals, torch.distributions and a search over q."""

import math

import pytest
import torch
from scipy.optimize import brentq, minimize
from torch.distributions import MultivariateNormal, Normal, kl_divergence

from metrics.linear_gaussian import LinearGaussian, integrals, kl
from models.probability import kl_to_standard_normal

CASES = [  # (model, x, mean, sd): the first of them q = posterior
    (LinearGaussian(1.0, 0.0, 0.6), 2.0, *LinearGaussian(1.0, 0.0, 0.6).posterior(2.0)),
    (LinearGaussian(1.0, 0.0, 0.6), 2.0, -0.8, 0.6),
    (LinearGaussian(-1.5, 0.7, 0.3), 3.0, 1.0, 0.1),
    (LinearGaussian(0.5, -1.0, 2.0), -3.0, 6.0, 3.0),
    (LinearGaussian(0.0, 0.5, 1.0), 0.2, 0.3, 0.8),
]
EVERY = pytest.mark.parametrize(("model", "x", "mean", "sd"), CASES)


@EVERY
def test_closed_forms_match_the_integrals(model, x, mean, sd):
    found = integrals(model, x, mean, sd)
    assert model.log_px(x) == pytest.approx(found["log_px"], abs=1e-9)
    assert model.reconstruction(x, mean, sd) == pytest.approx(found["reconstruction"], abs=1e-9)
    assert kl(mean, sd) == pytest.approx(found["kl_prior"], abs=1e-9)
    assert model.elbo(x, mean, sd) == pytest.approx(found["elbo"], abs=1e-9)
    assert kl(mean, sd, *model.posterior(x)) == pytest.approx(found["kl_posterior"], abs=1e-9)


@EVERY
def test_log_px_is_the_sum_of_the_elbo_and_the_gap(model, x, mean, sd):
    gap = kl(mean, sd, *model.posterior(x))
    assert model.elbo(x, mean, sd) + gap == pytest.approx(model.log_px(x), abs=1e-12)


def test_the_gap_is_zero_only_at_the_posterior():
    model, x, mean, sd = CASES[0]
    assert model.elbo(x, mean, sd) == pytest.approx(model.log_px(x), abs=1e-14)
    for other in ((mean + 0.01, sd), (mean, sd * 1.01), (mean, sd / 1.01)):
        assert model.log_px(x) - model.elbo(x, *other) > 1e-5


@EVERY
def test_the_posterior_matches_the_joint_gaussian(model, x, mean, sd):
    a, b, s = model.slope, model.offset, model.noise
    joint = MultivariateNormal(
        torch.tensor([0.0, b], dtype=torch.float64), torch.tensor([[1, a], [a, a**2 + s**2]], dtype=torch.float64)
    )
    posterior = Normal(*torch.tensor(model.posterior(x), dtype=torch.float64))
    for z in (-1.0, 0.3, 2.0):
        conditional = joint.log_prob(torch.tensor([z, x], dtype=torch.float64)) - model.log_px(x)
        assert posterior.log_prob(torch.tensor(z, dtype=torch.float64)).item() == pytest.approx(
            conditional.item(), rel=1e-10
        )


def test_kl_matches_torch_and_the_models():
    one, other = Normal(torch.tensor(0.7).double(), 0.4), Normal(torch.tensor(-1.2).double(), 2.5)
    assert kl(0.7, 0.4, -1.2, 2.5) == pytest.approx(kl_divergence(one, other).item(), rel=1e-6)
    theirs = kl_to_standard_normal(torch.tensor(0.7).double(), torch.tensor(2 * math.log(0.4)).double())
    assert kl(0.7, 0.4) == pytest.approx(theirs.item(), rel=1e-7)


@pytest.mark.parametrize("beta", [0.02, 0.5, 1.0, 3.0, 200.0])
@pytest.mark.parametrize(("model", "x"), [case[:2] for case in CASES[1:4]])
def test_the_best_q_matches_a_numerical_search(model, x, beta):
    def loss(numbers):
        sd = math.exp(numbers[1])
        return beta * kl(numbers[0], sd) - model.reconstruction(x, numbers[0], sd)

    found = minimize(loss, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 4000})
    mean, sd = model.best(x, beta)
    assert mean == pytest.approx(found.x[0], abs=1e-5)
    assert sd == pytest.approx(math.exp(found.x[1]), abs=1e-5)


@pytest.mark.parametrize("beta", [0.02, 0.5, 1.0, 3.0, 200.0])
@pytest.mark.parametrize(("model", "x"), [case[:2] for case in CASES[1:4]])
def test_beta_is_the_slope_of_the_trade_off(model, x, beta):
    def point(at):
        q = model.best(x, at)
        return kl(*q), model.reconstruction(x, *q)

    (k0, r0), (k1, r1) = point(beta * 0.9999), point(beta * 1.0001)
    assert (r1 - r0) / (k1 - k0) == pytest.approx(beta, rel=1e-5)


def test_no_q_with_the_same_kl_reconstructs_better():
    model, x, limit = CASES[1][0], 2.0, 0.7
    beta = brentq(lambda beta: kl(*model.best(x, beta)) - limit, 1e-6, 1e6, xtol=1e-12)
    best = model.reconstruction(x, *model.best(x, beta))
    rivals = 0
    for sd in (0.3, 0.4, 0.6, 0.8, 1.0, 1.3, 1.6):
        squared = 2 * (limit + math.log(sd)) + 1 - sd**2  # mean² that makes the KL equal to the limit
        if squared >= 0:
            rivals += 1
            assert kl(math.sqrt(squared), sd) == pytest.approx(limit)
            assert model.reconstruction(x, math.sqrt(squared), sd) <= best + 1e-12
    assert rivals > 3


def test_impossible_values_are_reported_in_a_sentence():
    with pytest.raises(ValueError, match="positive"):
        LinearGaussian(1.0, 0.0, 0.0)
