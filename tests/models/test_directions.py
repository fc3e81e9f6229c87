"""Directions of a latent space: against singular vectors, and their effect against a loop."""

import pytest
import torch
from torch import nn

from models import directions
from models.vae import MLPVAE


def test_directions_of_linear_features_are_right_singular_vectors():
    torch.manual_seed(0)
    matrix = torch.linalg.qr(torch.randn(9, 6)).Q @ torch.diag(torch.tensor([9.0, 6, 4, 2, 1, 0.5]))
    matrix = matrix @ torch.linalg.qr(torch.randn(6, 6)).Q.T
    codes = torch.randn(200_000, 6)
    found = directions.principal_directions(codes, codes @ matrix.T)
    expected = torch.linalg.svd(matrix).Vh
    assert (found * expected).sum(1).abs().numpy() == pytest.approx(1, abs=1e-3)
    assert (found @ found.T).numpy() == pytest.approx(torch.eye(6).numpy(), abs=1e-5)


def test_features_that_ignore_most_of_z_still_give_a_complete_basis():
    codes = torch.randn(500, 5, generator=torch.Generator().manual_seed(1))
    found = directions.principal_directions(codes, codes[:, 2:3] * torch.tensor([[1.0, -2.0, 0.5]]))
    assert found[0].numpy() == pytest.approx([0, 0, 1, 0, 0], abs=0.15)
    assert (found @ found.T).numpy() == pytest.approx(torch.eye(5).numpy(), abs=1e-5)


def test_features_are_outputs_of_the_first_nonlinearity():
    model = MLPVAE(latent=4, hidden=9, shape=(1, 3, 3)).eval()
    codes = torch.randn(7, 4)
    assert torch.equal(directions.first_features(model, codes), model.decoder[0](codes).relu())
    model.decoder = nn.Sequential(nn.Linear(4, 9), nn.Unflatten(1, (1, 3, 3)))
    with pytest.raises(ValueError, match="no nonlinearity"):
        directions.first_features(model, codes)


def test_effect_of_a_linear_picture_is_the_mean_of_its_column():
    class Linear(nn.Module):
        def picture(self, z):
            return z @ torch.tensor([[1.0, 0.0, -1.0], [0.0, 0.5, 0.0]])

    codes = torch.randn(20, 2)
    assert directions.effect(Linear(), codes).numpy() == pytest.approx([4 * 2 / 3, 4 * 0.5 / 3], rel=1e-5)
    turned = torch.tensor([[0.6, 0.8]])
    assert directions.effect(Linear(), codes, turned).item() == pytest.approx(4 * (0.6 * 2 + 0.4) / 3, rel=1e-5)


def test_sensitive_directions_of_a_linear_picture_are_its_right_singular_vectors():
    torch.manual_seed(0)
    matrix = torch.linalg.qr(torch.randn(9, 6)).Q @ torch.diag(torch.tensor([9.0, 6, 4, 2, 1, 0.5]))
    matrix = matrix @ torch.linalg.qr(torch.randn(6, 6)).Q.T

    class Linear(nn.Module):
        latent = 6

        def sketch(self, z):
            return z @ matrix.T

    found = directions.sensitive(Linear(), 3, probes=20_000)
    assert (found * torch.linalg.svd(matrix).Vh[:3]).sum(1).abs().numpy() == pytest.approx(1, abs=1e-3)
    assert (found @ found.T).numpy() == pytest.approx(torch.eye(3).numpy(), abs=1e-5)
    assert (found.gather(1, found.abs().argmax(1, keepdim=True)) > 0).all()
