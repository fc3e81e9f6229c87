"""The least loss of flow matching against closed forms and a regression by brute force."""

import math

import numpy as np
import pytest

from metrics.flow_matching import least_loss


def test_the_minimum_for_gaussian_data_is_half_of_pi():
    """For data N(0, 1) the variance of data − noise given x_t is 1 / ((1 − t)² + t²), whose mean over t is π / 2."""
    data = np.random.default_rng(0).standard_normal(8000)[:, None]
    assert least_loss(data, 4000, np.random.default_rng(1)) == pytest.approx(math.pi / 2, rel=0.03)


def test_the_minimum_for_a_single_point_is_zero():
    assert least_loss([[3.0, -1.0]], 500, np.random.default_rng(0)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("apart", [0.5, 3.0])
def test_the_minimum_for_two_points_is_the_error_of_the_mean_direction(apart):
    """By brute force: the squared error of E[data − noise | x_t] for pairs drawn at random."""
    points = np.array([[-apart, 0.0], [apart, 1.0]])
    rng = np.random.default_rng(0)
    n = 200_000
    t, data, noise = rng.random((n, 1)), points[rng.integers(2, size=n)], rng.standard_normal((n, 2))
    x = (1 - t) * noise + t * data
    likely = np.stack([np.exp(-(((x - t * point) / (1 - t)) ** 2).sum(1) / 2) for point in points], 1)
    mean = (likely / likely.sum(1, keepdims=True)) @ points
    error = (((mean - x) / (1 - t) - (data - noise)) ** 2).mean()
    assert least_loss(points, 20_000, rng) == pytest.approx(error, rel=0.04)


@pytest.mark.parametrize("points", [[], [1.0, 2.0], np.zeros((0, 2))])
def test_inputs_that_are_not_points_are_reported_in_one_sentence(points):
    with pytest.raises(ValueError, match=r"Points \(n, d\) are needed"):
        least_loss(points, 10, np.random.default_rng(0))
