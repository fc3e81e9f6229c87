"""Directions between groups of codes, against values by hand and scikit-learn."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from metrics import directions

RANDOM = np.random.default_rng(0)
START = RANDOM.standard_normal((60, 4)) @ np.diag([1, 3, 1, 1])
RIGHT = np.array([2, 0, 0, 0])
END = START[::-1] * [1, 1, 0.5, 1] + [2, 3, 0, 0]


def test_the_difference_of_means_is_the_shift_of_shifted_codes():
    assert directions.difference_of_means(START, START + np.array([1, -2, 0, 3])) == pytest.approx([1, -2, 0, 3])


@pytest.mark.parametrize("way", [directions.difference_of_means, directions.regression_normal])
def test_groups_without_a_direction_are_refused(way):
    with pytest.raises(ValueError, match="empty"):
        way(np.empty((0, 4)), END)
    with pytest.raises(ValueError, match="empty"):
        way(START, np.empty((0, 4)))
    with pytest.raises(ValueError, match="same mean"):
        way(START, START[::-1])


def test_the_normal_matches_scikit_learn_and_maps_one_mean_to_the_other():
    normal = directions.regression_normal(START, END)
    fitted = LogisticRegression(class_weight="balanced", max_iter=1000)
    fitted.fit(np.vstack([START, END]), [0] * 60 + [1] * 60)
    assert normal / np.linalg.norm(normal) == pytest.approx(fitted.coef_[0] / np.linalg.norm(fitted.coef_[0]))
    assert (END.mean(0) - START.mean(0)) @ normal / (normal @ normal) == pytest.approx(1, abs=1e-12)


def test_the_normal_of_isotropic_groups_is_the_difference_of_means():
    """For two Gaussians with covariance I the best plane is at a right angle to it (Bishop 2006, equation 4.66)."""
    start = np.random.default_rng(1).standard_normal((20_000, 3))
    normal = directions.regression_normal(start, start + np.array([1.5, 0, 0]))
    assert normal == pytest.approx([1.5, 0, 0], abs=0.05)


def test_groups_have_equal_weight_at_any_size():
    many = np.repeat(START, 10, 0)
    assert directions.regression_normal(START, many + RIGHT, 1e6) == pytest.approx(
        directions.regression_normal(START, START + RIGHT, 1e6), abs=1e-3
    )


def test_separation_matches_the_area_under_the_curve_of_scikit_learn():
    step = np.array([1.0, 1, 0, 0])
    area = roc_auc_score([0] * 60 + [1] * 60, np.concatenate([START @ step, END @ step]))
    assert directions.separation(START, END, step) == pytest.approx(area)
    assert directions.separation(START, START, step) == pytest.approx(0.5)  # ties count a half
    assert directions.separation([[0.0], [1]], [[2.0], [3]], [1.0]) == 1
    assert directions.separation([[0.0], [1]], [[2.0], [3]], [-1.0]) == 0


def test_purity_by_hand():
    before, after = [0.9, 0.1, 0.0, 0.0], [0.1, 0.7, 0.15, 0.05]  # 0.8 leave the first class, 0.6 come to the second
    wanted = [False, True, False, False]
    assert directions.gains(before, after) == pytest.approx([0, 0.6, 0.15, 0.05])
    assert directions.moved(before, after) == pytest.approx(0.8)
    assert directions.purity(before, after, wanted) == pytest.approx(0.75)
    assert directions.purity([1, 0], [0, 1], [False, True]) == 1
    assert directions.purity([1, 0, 0], [0, 0, 1], [False, True, False]) == 0
    assert np.isnan(directions.purity([1, 0], [1, 0], [False, True]))


def test_an_analogy_of_exact_parts():
    """Codes that are sums of parts: a and b differ in one of them."""
    slant, wide, three, seven = np.eye(4)
    a, b, c = three + slant, three, seven + wide
    assert directions.analogy(a, b, c) == pytest.approx(seven + wide + slant)
    assert directions.analogy(a, b, c, 0) == pytest.approx(c)
