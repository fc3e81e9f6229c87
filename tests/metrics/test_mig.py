"""The mutual information gap on a perfect, a useless and a duplicated code, and against plain quadrature."""

import itertools
import math

import pytest
import torch
from scipy.integrate import quad
from scipy.stats import norm

from metrics import mig

FACTORS = torch.tensor(list(itertools.product(range(3), range(4), range(5))))  # (60, 3)


def code(*columns, deviation=0.02):
    mean = torch.stack([torch.as_tensor(c, dtype=torch.float32) for c in columns], 1)
    return mean, torch.full_like(mean, 2 * math.log(deviation))


NOTHING = torch.zeros(60)


def test_a_perfect_code_has_gap_one():
    assert mig.mig(*code(*FACTORS.T, NOTHING), FACTORS) == pytest.approx(1.0, abs=1e-9)


def test_a_useless_code_has_gap_zero():
    mean, log_var = torch.zeros(60, 4), torch.zeros(60, 4)
    assert mig.mutual_information(mean, log_var, FACTORS) == pytest.approx(torch.zeros(4, 3), abs=1e-9)
    assert mig.mig(mean, log_var, FACTORS) == pytest.approx(0.0, abs=1e-9)


def test_a_duplicated_code_has_gap_zero_despite_full_information():
    columns = [*FACTORS.T, *FACTORS.T]
    information = mig.mutual_information(*code(*columns), FACTORS)
    assert information[:3].diagonal() == pytest.approx(mig.entropies(FACTORS), abs=1e-9)
    assert mig.mig(*code(*columns), FACTORS) == pytest.approx(0.0, abs=1e-9)


def test_all_factors_in_one_dimension_have_gap_one():
    """One dimension that numbers the pictures determines every factor, and no other does: the gap is 1 as well."""
    mean, log_var = code(torch.arange(60.0), NOTHING)
    assert mig.mig(mean, log_var, FACTORS) == pytest.approx(1.0, abs=1e-9)


def test_entropies():
    assert mig.entropies(FACTORS) == pytest.approx(torch.tensor([3.0, 4.0, 5.0]).double().log())
    assert mig.entropies(torch.tensor([[0], [0], [2], [2]])) == pytest.approx(torch.tensor([math.log(2)]).double())


@pytest.mark.parametrize(("apart", "deviation"), [(0.5, 1.0), (2.0, 1.0), (1.0, 0.05)])
def test_two_gaussians_against_quadrature(apart, deviation):
    """A coin with noise: I = log 2 − H(v | z), by quadrature."""
    factors = torch.tensor([[0], [1]])
    mean, log_var = code([-apart, apart], [0.0, 0.0], deviation=deviation)

    def lost(z):
        one, other = norm.pdf(z, -apart, deviation), norm.pdf(z, apart, deviation)
        share = one / (one + other) if one + other else 0.5
        return -(one + other) / 2 * sum(p * math.log(p) for p in (share, 1 - share) if p > 0)

    reach = apart + 9 * deviation
    expected = math.log(2) - quad(lost, -reach, reach, limit=500, points=[0.0])[0]
    information = mig.mutual_information(mean, log_var, factors)
    assert information[:, 0].tolist() == pytest.approx([expected, 0.0], abs=1e-7)


def test_uneven_deviations_against_many_samples():
    generator = torch.manual_seed(0)
    mean, log_var = torch.randn(60, 1, generator=generator), torch.randn(60, 1, generator=generator)
    found = mig.mutual_information(mean, log_var, FACTORS)[0]
    which = torch.randint(60, (200_000,), generator=generator)
    z = mean[which, 0] + torch.randn(200_000, generator=generator) * (log_var[which, 0] / 2).exp()
    density = norm.pdf(z[:, None].numpy(), mean[:, 0].numpy(), (log_var[:, 0] / 2).exp().numpy())
    for k in range(3):
        same = (FACTORS[which, k][:, None] == FACTORS[:, k][None]).numpy()
        sampled = torch.from_numpy((density * same).sum(1) / same.sum(1) / density.mean(1)).log().mean()
        assert found[k].item() == pytest.approx(sampled.item(), abs=0.006)


@pytest.mark.parametrize("log_var", [-23.0, -2000.0, math.nan])
def test_a_deviation_too_small_for_the_grid_is_reported(log_var):
    mean, _ = code(torch.arange(60.0))
    with pytest.raises(ValueError, match="grid points"):
        mig.mutual_information(mean, torch.full_like(mean, log_var), FACTORS)


def test_a_factor_with_one_class_is_reported():
    factors = torch.stack([torch.arange(50) % 2, torch.zeros(50, dtype=torch.int64)], 1)
    with pytest.raises(ValueError, match="of one class"):
        mig.mig(torch.randn(50, 3), torch.zeros(50, 3), factors)
