"""A distance over several seeds of the samples."""

import pytest

from evaluate import samples


def test_a_distance_of_several_seeds_has_their_mean_and_standard_deviation():
    metrics, protocol = samples.over_seeds("frechet_digits_10k", [1.0, 2.0, 3.0, 4.0, 5.0])
    assert metrics == {"frechet_digits_10k": 3.0, "frechet_digits_10k_spread": pytest.approx(2.5**0.5)}
    assert protocol == {"frechet_digits_10k_spread": "standard deviation over 5 seeds of the samples"}
