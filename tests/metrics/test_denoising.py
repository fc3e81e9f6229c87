"""Errors inside and outside of a patch, the baselines, and the protocols of noise."""

import math

import pytest
import torch

from metrics import denoising
from models.patch_noise import KINDS, corrupt, mask_of

NOISES = {"mixed": (None, None)}


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


def test_the_projection_matches_scikit_learn():
    from sklearn.decomposition import PCA

    train = torch.rand(900, 1, 28, 28, generator=torch.Generator().manual_seed(7)) * torch.linspace(0, 1, 28)
    mean, components, _ = denoising.fit_baselines(train, NOISES, sizes=(2, 5, 9), held=100)
    pca = PCA(len(components), svd_solver="covariance_eigh").fit(train[:800].flatten(1).double().numpy())
    theirs = pca.inverse_transform(pca.transform(train[:5].flatten(1).double().numpy())).clip(0, 1)
    assert denoising.project(train[:5], mean, components).flatten(1).numpy() == pytest.approx(theirs, abs=1e-5)


def test_the_best_number_of_components_is_chosen():
    """Pictures of three directions without rest: three components remove most noise, more would let some in."""
    generator = torch.Generator().manual_seed(8)
    patterns = torch.rand(3, 784, generator=generator) / 3
    train = (torch.rand(2000, 3, generator=generator) @ patterns).view(-1, 1, 28, 28)
    _, components, sizes = denoising.fit_baselines(train, NOISES, sizes=(1, 2, 3, 5, 20))
    assert sizes == {"mixed": 3}
    assert len(components) == 3


@pytest.mark.parametrize(("count", "most"), [(3, 1), (20, 9), (301, 150)])
def test_the_number_of_pictures_limits_the_components(count, most):
    """Half of them are held, and n centred pictures span n − 1 directions."""
    train = torch.rand(count, 1, 28, 28, generator=torch.Generator().manual_seed(1))
    _, components, sizes = denoising.fit_baselines(train, {"none": ("gaussian", 0.0)})
    fitted = train[: count - count // 2].flatten(1)
    assert len(fitted) - 1 == most
    assert torch.linalg.matrix_rank(fitted - fitted.mean(0), atol=1e-3) == most
    assert len(components) == sizes["none"] <= most
    assert components @ components.T == pytest.approx(torch.eye(len(components)).numpy(), abs=1e-4)


def test_sizes_above_the_number_of_components_use_all_components():
    """Pictures of five directions, six of which are fitted: nothing is lost without noise, by five of five."""
    generator = torch.Generator().manual_seed(8)
    patterns = torch.rand(5, 784, generator=generator) / 5
    train = (torch.rand(12, 5, generator=generator) @ patterns).view(-1, 1, 28, 28)
    mean, components, sizes = denoising.fit_baselines(train, {"none": ("gaussian", 0.0)}, sizes=(2, 30, 200))
    assert sizes == {"none": 5}
    assert denoising.project(train, mean, components).numpy() == pytest.approx(train.numpy(), abs=1e-5)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_pictures_for_a_projection_are_reported_in_one_sentence(count):
    with pytest.raises(ValueError, match=f"at least 3 pictures, not {count}"):
        denoising.fit_baselines(torch.rand(count, 1, 28, 28), NOISES)


def test_the_size_for_each_noise_is_chosen_on_held_out_pictures():
    """Against every size on every noise; the best one of weak noise is larger."""
    generator = torch.Generator().manual_seed(8)
    patterns = torch.rand(40, 784, generator=generator) * torch.linspace(1, 0.05, 40)[:, None] / 8
    train = (torch.rand(1200, 40, generator=generator) @ patterns).clamp(0, 1).view(-1, 1, 28, 28)
    noises, sizes = {"weak": ("gaussian", 0.02), "strong": ("gaussian", 1.0)}, (1, 2, 5, 10, 20, 40)
    mean, components, best = denoising.fit_baselines(train, noises, sizes=sizes, held=200)
    assert best["weak"] > best["strong"]
    assert len(components) == best["weak"]
    valid = train[-200:]
    for name, (kind, strength) in noises.items():
        noise = denoising.patches(200, seed=1, kind=kind, strength=strength)
        noisy, mask = corrupt(valid, *noise), mask_of(noise.row, noise.column)
        inside = [
            denoising.inside_outside(valid, denoising.project(noisy, mean, components[:k]), mask)["psnr_inside"]
            for k in sizes[: sizes.index(best["weak"]) + 1]
        ]
        assert max(inside) == inside[sizes.index(best[name])]


def test_a_protocol_is_reproducible_and_only_named_settings_change():
    mixed, again = denoising.patches(50, seed=0), denoising.patches(50, seed=0)
    assert all(torch.equal(a, b) for a, b in zip(mixed, again, strict=True))
    black = denoising.patches(50, seed=0, kind="black", strength=1.0)
    assert (black[0] == KINDS.index("black")).all()
    assert (black[1] == 1).all()
    assert all(torch.equal(a, b) for a, b in zip(mixed[2:], black[2:], strict=True))
