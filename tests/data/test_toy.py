"""Toy distributions against closed forms, and the one of tanh(2z + 1) + 0.75 z against figures of its definition."""

import math

import numpy as np
import pytest

from data import tanh_gaussian as transformed
from data.toy import gaussian, line, point, square, tanh_gaussian, uniform
from metrics.divergence import expectation

ON_THE_LINE = [gaussian(0.5, 2.0), uniform(-1, 3), tanh_gaussian(), tanh_gaussian().shifted(-0.7)]


@pytest.mark.parametrize("distribution", ON_THE_LINE, ids=lambda d: d.title)
def test_quantile_cdf_and_density_are_consistent(distribution):
    u = np.linspace(0.01, 0.99, 99)
    x = distribution.quantile(u)
    assert distribution.cdf(x) == pytest.approx(u, abs=1e-12)
    h = 1e-5
    slope = (distribution.cdf(x + h) - distribution.cdf(x - h)) / (2 * h)
    assert distribution.density(x) == pytest.approx(slope, abs=1e-8)


def test_the_inverse_of_f_is_exact_in_the_tails():
    z = np.concatenate([np.linspace(-9, 9, 2001), [-100.0, 100.0]])
    assert transformed.inverse(transformed.forward(z)) == pytest.approx(z, abs=1e-12)


def test_tanh_gaussian_has_the_known_moments_modes_and_dip():
    mean = expectation(tanh_gaussian(), lambda x: x)
    assert mean == pytest.approx(0.352344, abs=1e-6)
    assert expectation(tanh_gaussian(), lambda x: (x - mean) ** 2) == pytest.approx(2.095013, abs=1e-6)
    x = np.linspace(-3, 3, 60_001)
    f1 = tanh_gaussian().density(x)
    turns = np.flatnonzero(np.diff(np.sign(np.diff(f1)))) + 1
    assert x[turns] == pytest.approx([-1.8185, -0.6669, 1.3739], abs=2e-4)
    assert f1[turns] == pytest.approx([0.16447, 0.12469, 0.39586], abs=5e-6)


@pytest.mark.parametrize("stratified", [True, False])
def test_samples_follow_their_distribution(stratified):
    rng = np.random.default_rng(0)
    x = line(0).shifted(0.5).sample(20_000, rng, stratified)
    assert x.shape == (20_000, 2)
    assert (x[:, 0] == 0.5).all()
    assert x[:, 1].mean() == pytest.approx(0.5, abs=0.01)
    assert x[:, 1].var() == pytest.approx(1 / 12, abs=0.002)
    plane = square().sample(20_000, rng, stratified)
    assert np.corrcoef(plane.T)[0, 1] == pytest.approx(0, abs=0.03)  # coordinates stay independent
    y = tanh_gaussian().sample(20_000, rng, stratified)
    assert (y.mean(), y.var()) == pytest.approx((0.352344, 2.095013), abs=0.04)


def test_stratified_points_fill_every_cell_once_in_random_order():
    x = square().sample(100, np.random.default_rng(1))
    for column in x.T:
        assert sorted((column * 100).astype(int)) == list(range(100))
        assert np.corrcoef(column, np.arange(100))[0, 1] == pytest.approx(0, abs=0.3)


def test_the_same_seed_gives_the_same_sample():
    first, again, other = (gaussian().sample(10, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: gaussian(0, 0), "must be above 0"),
        (lambda: gaussian(math.nan, 1), "finite"),
        (lambda: uniform(1, 1), "must lie below"),
        (lambda: point(math.inf), "finite"),
        (lambda: line().shifted(math.nan), "θ must be a finite number"),
    ],
)
def test_bad_parameters_are_reported_in_one_sentence(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_a_point_mass_has_no_density():
    x = np.linspace(-1, 1, 5)
    assert np.array_equal(gaussian().pdf(x), gaussian().density(x))
    with pytest.raises(ValueError, match="has no density"):
        point(0.0).pdf(x)
