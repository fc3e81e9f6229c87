"""Paired intervals against scipy's test, and what they refuse."""

import numpy as np
import pytest
from scipy import stats

from metrics.paired import difference

FIRST, SECOND = (0.36, 0.23, 0.13), (0.18, 0.19, 0.12)


def test_the_interval_matches_the_paired_t_test():
    reference = stats.ttest_rel(SECOND, FIRST).confidence_interval(0.95)
    found = difference(FIRST, SECOND)
    assert found.mean == pytest.approx(np.mean(SECOND) - np.mean(FIRST))
    assert (found.low, found.high) == pytest.approx((reference.low, reference.high))


@pytest.mark.parametrize(("second", "decided"), [((1.1, 2.1, 3.11), True), ((1.1, 1.9, 3.0), False)])
def test_the_result_says_whether_the_interval_excludes_zero(second, decided):
    assert difference((1.0, 2.0, 3.0), second).decided is decided


def test_a_95_percent_interval_misses_the_mean_in_5_percent_of_cases():
    rng = np.random.default_rng(0)
    missed = [difference(*rng.normal(size=(2, 3))).decided for _ in range(4000)]
    assert np.mean(missed) == pytest.approx(0.05, abs=0.012)


@pytest.mark.parametrize(("first", "second"), [((1.0,), (2.0,)), ((1.0, 2.0), (1.0,)), ((1.0, np.nan), (1.0, 2.0))])
def test_unpaired_values_are_refused(first, second):
    with pytest.raises(ValueError, match="two or more pairs"):
        difference(first, second)
