"""The KL in three parts, on codes whose parts are known and against plain quadrature."""

import math

import numpy as np
import pytest
import torch
from scipy.stats import norm

from metrics.kl_parts import kl_parts
from models.probability import kl_to_standard_normal

STEPS = torch.linspace(-2, 2, 6)


def parts(mean, deviation, codes=5000):
    log_var = torch.full_like(mean, 2 * math.log(deviation))
    return kl_parts(mean, log_var, codes), kl_to_standard_normal(mean.double(), log_var.double()).sum(1).mean().item()


def test_codes_on_a_grid_are_independent_and_identify_every_picture():
    each, kl = parts(torch.cartesian_prod(STEPS, STEPS), 0.01)
    information, correlation, _ = each.mean(0).tolist()
    assert information == pytest.approx(2 * math.log(6), abs=0.3)  # the noise of 36 codes
    assert correlation == pytest.approx(0, abs=1e-9)
    assert each.sum(1).mean().item() == pytest.approx(kl, abs=0.5)


def test_the_total_correlation_of_codes_on_a_diagonal_is_the_information_of_one_dimension():
    each, _ = parts(torch.stack([STEPS, STEPS], 1), 0.01)
    assert each[:, 1] == pytest.approx(torch.full((6,), math.log(6)).double(), abs=1e-6)


def test_a_single_picture_has_no_information():
    each, kl = parts(torch.tensor([[0.5, -1.0]]).expand(1000, 2), 0.7)
    assert each[:, :2] == pytest.approx(torch.zeros(1000, 2).double(), abs=1e-9)
    assert each[:, 2].mean().item() == pytest.approx(kl, abs=4 * each[:, 2].std().item() / 1000**0.5)


def test_codes_from_the_prior_have_three_zero_parts():
    each, _ = parts(torch.zeros(10, 3), 1.0)
    assert each == pytest.approx(torch.zeros(10, 3).double(), abs=1e-12)


def test_two_pictures_against_quadrature():
    means, deviation = np.array([[-0.8, 0.5], [0.8, -0.3]]), 0.6
    each, kl = parts(torch.from_numpy(means).float().repeat(1000, 1), deviation)
    axis = np.linspace(-5, 5, 501)
    densities = norm.pdf(axis, means[..., None], deviation)  # (picture, dimension, point)
    joint = np.einsum("na,nb->ab", *densities.swapaxes(0, 1)) / 2
    product, prior = np.outer(*densities.mean(0)), np.outer(norm.pdf(axis), norm.pdf(axis))
    correlation, single = (
        (joint * np.log(above / below)).sum() * (axis[1] - axis[0]) ** 2
        for above, below in ((joint, product), (product, prior))
    )
    for part, value in enumerate([kl - correlation - single, correlation, single]):
        assert each[:, part].mean().item() == pytest.approx(
            value, abs=4 * each[:, part].std().item() / len(each) ** 0.5
        )


def test_the_same_seed_draws_the_same_codes():
    mean, log_var = torch.randn(50, 3, generator=torch.Generator().manual_seed(1)), torch.zeros(50, 3)
    assert torch.equal(kl_parts(mean, log_var, 20, 3), kl_parts(mean, log_var, 20, 3))
    assert kl_parts(mean, log_var, 20).shape == (20, 3)
