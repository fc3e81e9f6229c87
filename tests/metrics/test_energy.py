"""The energy distance against scipy in one dimension, a brute-force twin, and cases known by hand."""

import numpy as np
import pytest
import scipy.stats

from data import planar
from metrics.energy import energy_distance, noise_floor


@pytest.mark.parametrize("sizes", [(1, 1), (40, 40), (30, 70)])
def test_in_one_dimension_it_is_the_square_of_that_of_scipy(sizes):
    rng = np.random.default_rng(sum(sizes))
    x, y = rng.standard_normal(sizes[0]), rng.standard_normal(sizes[1]) + 0.5
    expected = scipy.stats.energy_distance(x, y) ** 2
    assert energy_distance(x[:, None], y[:, None]) == pytest.approx(expected, rel=1e-9)


def test_in_two_dimensions_it_matches_loops():
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((7, 2)), rng.standard_normal((9, 2)) * 2

    def mean(a, b):
        return sum(np.hypot(*(p - q)) for p in a for q in b) / (len(a) * len(b))

    assert energy_distance(x, y) == pytest.approx(2 * mean(x, y) - mean(x, x) - mean(y, y), rel=1e-12)


def test_known_values():
    """Two points at distance 5: 2·5 − 0 − 0. The same sample in another order: nothing."""
    assert energy_distance([[0.0, 0.0]], [[3.0, 4.0]]) == pytest.approx(10.0)
    x = np.random.default_rng(1).standard_normal((50, 2))
    assert energy_distance(x, x[::-1]) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(("x", "y"), [(np.zeros((0, 2)), np.zeros((3, 2))), (np.zeros((3, 1)), np.zeros((3, 2)))])
def test_samples_of_different_dimensions_are_refused(x, y):
    with pytest.raises(ValueError, match="Two samples"):
        energy_distance(x, y)


def test_real_samples_are_below_the_floor_and_shifted_ones_are_not():
    sample, rng = planar.SETS["ring"].sample, np.random.default_rng(2)
    floor = noise_floor(sample, 200, rng)
    real = [energy_distance(sample(200, rng), sample(200, rng)) for _ in range(200)]
    assert np.mean(np.array(real) < floor) == pytest.approx(0.95, abs=0.05)
    moved = [energy_distance(sample(200, rng) + np.array([0.3, 0]), sample(200, rng)) for _ in range(20)]
    assert min(moved) > floor
