"""Metrics on features, against analytic values, oracles of other numerics, and scikit-learn's kernel."""

import numpy as np
import pytest
import torch
from sklearn.metrics.pairwise import polynomial_kernel

from metrics.coverage import density_and_coverage
from metrics.frechet import Moments, extrapolated, extrapolated_both, frechet_distance, frechet_of_features, moments
from metrics.inception_score import inception_score
from metrics.kid import Real, kid, kid_of_rows


def features(n, d, seed, scale=1.0, shift=0.0):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, d)) @ rng.standard_normal((d, d)) * scale + shift


def oracle(x, y):
    """By the singular values of R₁R₂ᵀ, with R of a QR decomposition: no covariance is ever formed."""
    roots = [np.linalg.qr(t - t.mean(0), mode="r") / np.sqrt(len(t) - 1) for t in (x, y)]
    nuclear = np.linalg.svd(roots[0] @ roots[1].T, compute_uv=False).sum()
    return ((x.mean(0) - y.mean(0)) ** 2).sum() + sum((r**2).sum() for r in roots) - 2 * nuclear


def test_equal_covariances_give_the_squared_distance_of_the_means():
    x = features(500, 20, 0)
    assert frechet_of_features(x, x + 3.0) == pytest.approx(20 * 9.0, rel=1e-9)
    assert frechet_of_features(x, x) == pytest.approx(0.0, abs=1e-9)


def test_diagonal_covariances_give_the_difference_of_deviations():
    a = torch.tensor([1.0, 4.0, 0.0], dtype=torch.float64)
    b = torch.tensor([9.0, 1.0, 4.0], dtype=torch.float64)
    mean = torch.zeros(3, dtype=torch.float64)
    value = frechet_distance(Moments(10, mean, torch.diag(a)), Moments(10, mean + 1, torch.diag(b)))
    assert value == pytest.approx(3 + 4 + 1 + 4, rel=1e-12)  # (1 − 3)² + (2 − 1)² + (0 − 2)²; a has rank 2


@pytest.mark.parametrize(("n", "m", "d"), [(400, 300, 40), (50, 300, 120), (50, 60, 120)])
def test_every_method_agrees_with_the_reference(n, m, d):
    x, y = features(n, d, 1), features(m, d, 2, scale=1.3, shift=0.2)
    expected = oracle(x, y)
    assert frechet_of_features(x, y) == pytest.approx(expected, rel=1e-9)
    assert frechet_distance(moments([x]), moments([y])) == pytest.approx(expected, rel=1e-6 if min(n, m) < d else 1e-9)


def test_moments_do_not_depend_on_batches_or_on_a_large_mean():
    x = features(333, 12, 3, shift=1e6)
    found = moments(np.array_split(x.astype(np.float64), 7))
    assert found.n == 333
    assert found.mean.numpy() == pytest.approx(x.mean(0), rel=1e-12)
    assert found.covariance.numpy() == pytest.approx(np.cov(x.T), rel=1e-7)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ([np.zeros((1, 3))], "two samples"),
        ([], "two samples"),
        ([np.zeros((4, 3)), np.zeros((4, 2))], "do not belong together"),
        ([np.full((4, 3), np.nan)], "NaN"),
        ([np.zeros(4)], "table"),
    ],
)
def test_broken_features_are_reported_in_one_sentence(bad, words):
    with pytest.raises(ValueError, match=words):
        moments(bad)
    with pytest.raises(ValueError, match="cannot be compared"):
        frechet_distance(moments([features(9, 3, 0)]), moments([features(9, 2, 0)]))


def test_constant_features_have_a_distance():
    x, y = np.full((10, 4), 2.0), np.full((12, 4), 5.0)
    assert frechet_of_features(x, y) == pytest.approx(36.0, rel=1e-12)


@pytest.mark.parametrize("metric", [frechet_of_features, kid, density_and_coverage])
@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (features(40, 5, 0), "cannot be compared"),
        (np.full((40, 8), np.nan), "NaN"),
        (np.full((40, 8), np.inf), "infinite"),
        (np.zeros((0, 8)), "sample"),
        (np.zeros(8), "table"),
    ],
)
def test_every_metric_refuses_invalid_features(metric, bad, words):
    with pytest.raises(ValueError, match=words):
        metric(features(40, 8, 1), bad)
    with pytest.raises(ValueError, match="sum to 1"):
        inception_score(np.full((20, 3), np.nan))


def test_every_metric_accepts_constant_features():
    constant, real = np.full((40, 4), 2.0), features(40, 4, 2)
    assert kid(constant, constant) == pytest.approx(0, abs=1e-9)
    assert density_and_coverage(real, np.full((40, 4), 99.0)) == (0.0, 0.0)
    centred = real - real.mean(0)
    expected = ((real.mean(0) - 2) ** 2).sum() + np.square(centred).sum() / 39
    assert frechet_of_features(constant, real) == pytest.approx(expected, rel=1e-9)
    assert extrapolated(constant, real) == pytest.approx(expected, rel=1e-9)


def test_the_extrapolation_removes_the_bias_of_few_samples():
    d = 30
    truth = Moments(10**9, torch.zeros(d, dtype=torch.float64), torch.eye(d, dtype=torch.float64))
    x = np.random.default_rng(4).standard_normal((1500, d))
    biased = frechet_distance(moments([x]), truth)
    assert biased > 0.15  # about d (d + 3) / 4n
    assert extrapolated(x, truth, sizes=10) == pytest.approx(0.0, abs=0.06)


@pytest.mark.parametrize(("n", "m"), [(1500, 1500), (1500, 6000)])
def test_extrapolating_both_sides_gives_the_distance_of_two_gaussians(n, m):
    """N(0, I) and N(μ, I) in 12 dimensions: ‖μ‖² for any number of samples; without extrapolation it is larger."""
    values, raw = [], []
    for seed in range(20):
        x, y = gaussians(n, 12, 2 * seed), gaussians(m, 12, 2 * seed + 1) + 0.1
        values.append(extrapolated_both(x, y))
        raw.append(frechet_of_features(x, y))
    error = np.std(values, ddof=1) / len(values) ** 0.5
    assert np.mean(values) == pytest.approx(0.12, abs=3 * error)
    assert error < 0.015
    assert np.mean(raw) > 0.12 + 0.02


def test_the_extrapolated_distance_of_two_samples_of_one_distribution_is_0():
    values = [extrapolated_both(gaussians(800, 8, 2 * k), gaussians(800, 8, 2 * k + 1)) for k in range(30)]
    assert np.mean(values) == pytest.approx(0, abs=3 * np.std(values, ddof=1) / 30**0.5)
    with pytest.raises(ValueError, match="at least 16"):
        extrapolated_both(gaussians(15, 2, 0), gaussians(100, 2, 1))


def gaussians(n, d, seed):
    return torch.randn(n, d, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_kid_matches_the_kernel_of_scikit_learn_without_the_diagonal():
    """With more rows than are computed at once."""
    x, y = features(2100, 8, 5), features(1300, 8, 6, scale=1.2)
    xx, yy, xy = (polynomial_kernel(a, b, degree=3, gamma=1 / 8, coef0=1) for a, b in ((x, x), (y, y), (x, y)))
    of_x, of_y = ((k.sum() - np.trace(k)) / (len(k) * (len(k) - 1)) for k in (xx, yy))
    assert kid(x, y) == pytest.approx(of_x + of_y - 2 * xy.mean(), rel=1e-9)


def test_kid_of_two_samples_of_one_distribution_is_0_on_average():
    values = [kid(*np.split(features(400, 8, seed), 2)) for seed in range(20)]
    assert np.mean(values) == pytest.approx(0, abs=3 * np.std(values, ddof=1) / len(values) ** 0.5)


def test_inception_score_of_known_tables():
    sure = np.eye(10)[np.arange(1000) % 10]
    assert inception_score(sure) == pytest.approx((10.0, 0.0), abs=1e-9)
    assert inception_score(np.full((100, 10), 0.1))[0] == pytest.approx(1.0, abs=1e-12)
    assert inception_score(np.tile(sure[:1], (50, 1)))[0] == pytest.approx(1.0, abs=1e-12)  # one class only
    with pytest.raises(ValueError, match="sum to 1"):
        inception_score(np.ones((20, 3)))


def test_density_and_coverage_of_perfect_useless_and_collapsed_samples():
    rng = np.random.default_rng(8)
    real, fresh = rng.standard_normal((600, 4)), rng.standard_normal((600, 4))
    density, coverage = density_and_coverage(real, fresh)
    assert density == pytest.approx(1.0, abs=0.12)
    assert coverage == pytest.approx(1 - 0.5**5, abs=0.04)  # the expectation of Naeem et al., equation 9, for large n
    assert density_and_coverage(real, fresh + 100) == (0.0, 0.0)
    collapsed = density_and_coverage(real, np.tile(real[:1], (600, 1)))
    assert collapsed[1] < 0.05


@pytest.mark.parametrize("count", [2, 41, 900, 3001])
def test_kid_of_rows_equals_kid_of_the_selected_samples(count):
    x, y = features(count, 8, 5) + 0.1, features(700, 8, 6)
    real = Real(y)
    whole, value = kid_of_rows(x, real)
    assert whole == kid(x, y) == kid(x, real)
    for rows in (torch.arange(count), torch.randint(count, (count,), generator=torch.Generator().manual_seed(1))):
        assert value(rows) == pytest.approx(kid(x[rows], y), rel=1e-9, abs=1e-12)
