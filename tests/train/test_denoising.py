"""The objective of the denoiser against its definition in plain loops, and its figures."""

import copy
import dataclasses
import math

import pytest
import torch

from evaluate.denoising import NOISES, figures, how
from metrics.denoising import Baselines
from models import patch_noise
from models.denoiser import PLACES
from models.patch_noise import SIDE, corrupt, random_patch
from train.denoiser import RECIPES
from train.objectives import denoise

TOY = dataclasses.replace(RECIPES[0], arguments={"width": 16, "blocks": 1, "windows": 4, "candidates": 3})


def toy(seed=0):
    torch.manual_seed(seed)
    return TOY.model(**TOY.arguments).eval()


def test_the_objective_is_squared_error_of_the_patch_and_cross_entropy_of_the_place():
    model = toy().train()
    before = copy.deepcopy(model)
    step, _ = denoise(model, TOY, 10)
    x = torch.rand(8, 1, 28, 28)
    torch.manual_seed(5)
    scalars = step(x, None)
    torch.manual_seed(5)
    kind, strength, row, column, u = random_patch(torch.special.ndtr(torch.randn(8, patch_noise.NUMBERS)))
    noisy, place = corrupt(x, kind, strength, row, column, u), row * PLACES + column
    with torch.no_grad():
        squared = sum(
            (before.restore(noisy[n : n + 1], place[n : n + 1, None]).view(SIDE, SIDE) - x[n, 0, r : r + 8, c : c + 8])
            .square()
            .sum()
            for n, (r, c) in enumerate(zip(row.tolist(), column.tolist(), strict=True))
        )
        nats = -before.locate(noisy[:2]).log_softmax(1)[torch.arange(2), place[:2]].mean()
    assert scalars["squared_error"].item() == pytest.approx(squared.item() / 8, rel=1e-5)
    assert scalars["place"].item() == pytest.approx(nats.item(), rel=1e-5)
    assert scalars["loss"].item() == pytest.approx(squared.item() / 8 + nats.item(), rel=1e-5)
    assert not torch.equal(before.restorer[0].weight, model.restorer[0].weight)


@pytest.mark.parametrize("suffix", NOISES)
def test_figures_of_a_perfect_denoiser(suffix):
    """It removes all noise, so it has no error to report; the baselines have figures, each with its protocol."""
    images = torch.rand(20, 1, 28, 28, generator=torch.Generator().manual_seed(9))
    model = toy()
    model.forward = lambda noisy, place=None: images[: len(noisy)]
    mean = images.mean(0).flatten()
    found = figures(model, images, Baselines(mean, torch.eye(784)[:9], {suffix: 5}), suffix)
    assert found[f"mse_inside{suffix}"] == found[f"mse_inside{suffix}_informed"] == 0.0
    assert f"psnr_inside{suffix}" not in found
    assert found[f"psnr_inside{suffix}_train_mean"] == pytest.approx(10 * math.log10(12), abs=0.5)  # variance 1/12
    assert f"psnr_outside{suffix}_noisy" not in found
    for key in found:
        assert NOISES[suffix][2] in how(key, suffix, 5)
    assert "first 5 principal" in how(f"psnr_inside{suffix}_pca", suffix, 5)
