"""Noise in a patch against its definition in plain loops, and random patches against uniform distributions."""

import statistics

import pytest
import torch

from models import patch_noise
from models.patch_noise import KINDS, SIDE, corrupt, mask_of, random_patch

QUANTILE = statistics.NormalDist().inv_cdf


def by_hand(kind, s, x, u):
    """One pixel of one kind of noise, as the module's docstring defines it."""
    value = {
        "gaussian": lambda: x + s * QUANTILE(u),
        "uniform": lambda: x + s * (2 * u - 1),
        "salt_and_pepper": lambda: 0.0 if u < s / 2 else 1.0 if u < s else x,
        "black": lambda: (1 - s) * x,
        "white": lambda: (1 - s) * x + s,
    }[kind]()
    return min(max(value, 0.0), 1.0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("row", "column", "strength"), [(0, 0, 0.3), (20, 20, 1.0), (3, 17, 0.1)])
def test_noise_matches_its_definition_inside_the_patch_and_is_zero_outside(kind, row, column, strength):
    generator = torch.Generator().manual_seed(1)
    x, u = torch.rand(1, 1, 28, 28, generator=generator), torch.rand(1, SIDE, SIDE, generator=generator)
    place = torch.tensor([row]), torch.tensor([column])
    noisy = corrupt(x, torch.tensor([KINDS.index(kind)]), torch.tensor([strength]), *place, u)
    expected = x.clone()
    for i in range(SIDE):
        for j in range(SIDE):
            pixel = x[0, 0, row + i, column + j].item()
            expected[0, 0, row + i, column + j] = by_hand(kind, strength, pixel, u[0, i, j].item())
    mask = mask_of(*place)
    assert mask.sum() == SIDE * SIDE
    assert torch.equal(noisy[mask == 0], x[mask == 0])
    assert torch.allclose(noisy, expected, atol=2e-6)


def test_every_picture_of_a_batch_has_its_own_noise():
    generator = torch.Generator().manual_seed(2)
    x = torch.rand(30, 1, 28, 28, generator=generator)
    noise = random_patch(torch.rand(30, patch_noise.NUMBERS, generator=generator))
    alone = [corrupt(x[i : i + 1], *(part[i : i + 1] for part in noise)) for i in range(30)]
    assert torch.equal(corrupt(x, *noise), torch.cat(alone))
    assert len(set(noise[0].tolist())) == len(KINDS)


def test_random_patches_are_uniform_and_stay_inside_the_picture():
    kind, strength, row, column, _ = random_patch(torch.rand(40_000, 68, generator=torch.Generator().manual_seed(3)))
    for index, length in ((kind, len(KINDS)), (row, 21), (column, 21)):
        shares = torch.bincount(index, minlength=length) / 40_000
        assert shares == pytest.approx(torch.full((length,), 1 / length), abs=0.01 if index is kind else 0.005)
    assert strength.min().item() == pytest.approx(0.1, abs=1e-3)
    assert (strength == 1).double().mean().item() == pytest.approx(0.1, abs=0.01)
    low, high = (random_patch(torch.full((1, 68), value)) for value in (0.0, 1.0))
    assert [part.item() for part in low[:4]] == [0, pytest.approx(0.1), 0, 0]
    assert [part.item() for part in high[:4]] == [len(KINDS) - 1, 1.0, 20, 20]
    for noise in (low, high):
        assert torch.isfinite(corrupt(torch.zeros(1, 1, 28, 28), *noise)).all()
