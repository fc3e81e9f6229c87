"""Noise in a patch, the denoiser, its objective and its figures, against their definitions in plain loops."""

import copy
import dataclasses
import math
import statistics

import pytest
import torch

from evaluate.denoising import NOISES, figures, how
from metrics import denoising
from models import patch_noise
from models.denoiser import MARGIN, PLACES
from models.patch_noise import KINDS, SIDE, corrupt, mask_of, random_patch
from train.denoiser import RECIPES
from train.objectives import denoise

QUANTILE = statistics.NormalDist().inv_cdf
TOY = dataclasses.replace(RECIPES[0], arguments={"width": 16, "blocks": 1, "windows": 4, "candidates": 3})


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


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


def toy(seed=0):
    torch.manual_seed(seed)
    return TOY.model(**TOY.arguments).eval()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("row", "column", "strength"), [(0, 0, 0.3), (20, 20, 1.0), (3, 17, 0.1)])
def test_noise_is_its_definition_inside_and_nothing_outside(kind, row, column, strength):
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


def test_random_patches_are_uniform_and_hold_at_the_edges():
    kind, strength, row, column, _ = random_patch(torch.rand(40_000, 68, generator=torch.Generator().manual_seed(3)))
    assert torch.bincount(kind, minlength=5) / 40_000 == pytest.approx(torch.full((5,), 0.2), abs=0.01)
    for axis in (row, column):
        assert torch.bincount(axis, minlength=21) / 40_000 == pytest.approx(torch.full((21,), 1 / 21), abs=0.005)
    assert strength.min().item() == pytest.approx(0.1, abs=1e-3)
    assert (strength == 1).double().mean().item() == pytest.approx(0.1, abs=0.01)
    low, high = (random_patch(torch.full((1, 68), value)) for value in (0.0, 1.0))
    assert [part.item() for part in low[:4]] == [0, pytest.approx(0.1), 0, 0]
    assert [part.item() for part in high[:4]] == [4, 1.0, 20, 20]
    for noise in (low, high):
        assert torch.isfinite(corrupt(torch.zeros(1, 1, 28, 28), *noise)).all()


def test_the_restorer_sees_the_window_around_the_patch_and_its_place():
    model, seen = toy(), []
    model.restorer.register_forward_pre_hook(lambda module, inputs: seen.append(inputs[0]))
    noisy = torch.rand(1, 1, 28, 28)
    row, column = 3, 18
    model.restore(noisy, torch.tensor([[row * PLACES + column]]))
    window, rows, columns = seen[0][0, 0].split([24 * 24, PLACES, PLACES])
    for i in range(24):
        for j in range(24):
            y, x = row + i - MARGIN, column + j - MARGIN
            inside = 0 <= y < 28 and 0 <= x < 28
            assert window[24 * i + j] == (noisy[0, 0, y, x] if inside else 0)
    assert rows.argmax() == row
    assert columns.argmax() == column
    assert rows.sum() == columns.sum() == 1


@torch.no_grad()
def test_a_known_place_is_restored_and_the_rest_is_copied_bit_by_bit():
    model, noisy = toy(), torch.rand(4, 1, 28, 28)
    row, column = torch.tensor([0, 20, 7, 13]), torch.tensor([0, 20, 13, 2])
    place = row * PLACES + column
    out, mask = model(noisy, place), mask_of(row, column)
    assert torch.equal(out[mask == 0], noisy[mask == 0])
    assert torch.equal(out[mask == 1].view(4, 64), model.restore(noisy, place[:, None])[:, 0])


@torch.no_grad()
def test_an_unknown_place_gives_the_sum_over_the_most_probable_ones():
    model, noisy = toy(), torch.rand(2, 1, 28, 28)
    logits = torch.randn(2, PLACES**2) * 3
    model.locate = lambda x: logits
    out, gate = model(noisy), model.gate(noisy)
    for n in range(2):
        probability = logits[n].double().softmax(0)
        expected = noisy[n, 0].double().clone()
        for place in probability.argsort(descending=True)[:3].tolist():
            there = slice(place // PLACES, place // PLACES + SIDE), slice(place % PLACES, place % PLACES + SIDE)
            restored = model.restore(noisy[n : n + 1], torch.tensor([[place]]))[0, 0].view(SIDE, SIDE)
            expected[there] += probability[place] * (restored - noisy[n, 0][there])
        assert torch.allclose(out[n, 0].double(), expected.clamp(0, 1), atol=1e-5)
        covered = torch.zeros(28, 28, dtype=torch.double)
        for place in range(PLACES**2):
            covered[place // PLACES :, place % PLACES :][:SIDE, :SIDE] += probability[place]
        assert torch.allclose(gate[n, 0].double(), covered, atol=1e-5)


@torch.no_grad()
def test_a_place_that_is_found_for_sure_is_as_good_as_one_that_is_told():
    model, noisy, place = toy(), torch.rand(3, 1, 28, 28), torch.tensor([5, 200, 440])
    model.locate = lambda x: 100.0 * torch.nn.functional.one_hot(place, PLACES**2).float()
    assert torch.allclose(model(noisy), model(noisy, place), atol=1e-6)


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


def test_errors_inside_and_outside_are_pooled():
    clean, mask = torch.full((2, 1, 28, 28), 0.5), mask_of(torch.tensor([0, 9]), torch.tensor([0, 9]))
    errors = denoising.inside_outside(clean, clean + 0.1 * mask + 0.01 * (1 - mask), mask)
    assert errors["psnr_inside"] == pytest.approx(20, abs=1e-4)
    assert errors["psnr_outside"] == pytest.approx(40, abs=1e-3)
    one_of_two = clean.clone()
    one_of_two[0] += 0.1 * mask[0]
    errors = denoising.inside_outside(clean, one_of_two, mask)
    assert errors["mse_inside"] == pytest.approx(0.005, rel=1e-5)
    assert errors["psnr_inside"] == pytest.approx(-10 * math.log10(0.005), abs=1e-4)
    assert errors["mse_outside"] == 0.0
    assert errors["psnr_outside"] is None


def test_projection_is_that_of_scikit_learn():
    from sklearn.decomposition import PCA

    train = torch.rand(900, 1, 28, 28, generator=torch.Generator().manual_seed(7)) * torch.linspace(0, 1, 28)
    mean, components = denoising.fit_baselines(train, sizes=(2, 5, 9))
    pca = PCA(len(components), svd_solver="covariance_eigh").fit(train.flatten(1).double().numpy())
    theirs = pca.inverse_transform(pca.transform(train[:5].flatten(1).double().numpy())).clip(0, 1)
    assert denoising.project(train[:5], mean, components).flatten(1).numpy() == pytest.approx(theirs, abs=1e-5)


def test_the_size_of_the_projection_is_the_best_one():
    """Pictures of three directions without rest: three components remove most noise, more would let some in."""
    generator = torch.Generator().manual_seed(8)
    patterns = torch.rand(3, 784, generator=generator) / 3
    train = (torch.rand(2000, 3, generator=generator) @ patterns).view(-1, 1, 28, 28)
    assert len(denoising.fit_baselines(train, sizes=(1, 2, 3, 5, 20))[1]) == 3


def test_a_protocol_is_the_same_every_time_and_changes_only_what_is_named():
    mixed, again = denoising.patches(50, seed=0), denoising.patches(50, seed=0)
    assert all(torch.equal(a, b) for a, b in zip(mixed, again, strict=True))
    black = denoising.patches(50, seed=0, kind="black", strength=1.0)
    assert (black[0] == KINDS.index("black")).all()
    assert (black[1] == 1).all()
    assert all(torch.equal(a, b) for a, b in zip(mixed[2:], black[2:], strict=True))


@pytest.mark.parametrize("suffix", NOISES)
def test_figures_of_a_denoiser_that_knows_the_truth(suffix):
    """It removes everything: no error to report for it; the baselines stay, each with its protocol."""
    images = torch.rand(20, 1, 28, 28, generator=torch.Generator().manual_seed(9))
    model = toy()
    model.forward = lambda noisy, place=None: images[: len(noisy)]
    mean = images.mean(0).flatten()
    found = figures(model, images, mean, torch.eye(784)[:5], suffix)
    assert found[f"mse_inside{suffix}"] == found[f"mse_inside{suffix}_informed"] == 0.0
    assert f"psnr_inside{suffix}" not in found
    assert found[f"psnr_inside{suffix}_train_mean"] == pytest.approx(10 * math.log10(12), abs=0.5)  # variance 1/12
    assert f"psnr_outside{suffix}_noisy" not in found
    for key in found:
        assert NOISES[suffix][2] in how(key, suffix, 5)
    assert "first 5 principal" in how(f"psnr_inside{suffix}_pca", suffix, 5)
