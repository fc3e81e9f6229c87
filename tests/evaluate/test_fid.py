"""Inception FID in a card, with a small stand-in for the network: which pictures meet which, and what is written."""

import json

import pytest
import torch

import checkpoints
from evaluate import command, fid, inception, inception_cache
from evaluate.features import features
from evaluate.samples import pictures
from models.gan import MLPGAN


class Projection(torch.nn.Module):
    """Six random projections instead of Inception's 2,048 features; takes pictures of any size, as it does."""

    shape = None

    def features(self, x):
        weights = torch.randn(x[0].numel(), 6, generator=torch.Generator().manual_seed(3))
        return x.flatten(1) @ weights


@pytest.fixture
def model(monkeypatch):
    kept = {}
    monkeypatch.setattr(inception_cache, "read", lambda images: kept.get(images.sum().item()))
    monkeypatch.setattr(inception_cache, "write", lambda images, table: kept.update({images.sum().item(): table}))
    torch.manual_seed(0)
    return MLPGAN(latent=4, shape=(1, 8, 8), widths=(16, 16)).eval()


def test_a_models_own_pictures_are_at_the_floor_and_noise_is_not(model):
    own = pictures(model, 3000, seed=7)
    metrics, protocol = fid.figures(model, own, Projection(), "mnist")
    assert metrics["fid_mnist_3k"] < 2 * metrics["fid_floor"]
    assert "3,000 samples" in protocol["fid_mnist_3k"]
    noise = torch.randint(256, own.shape, dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
    far, _ = fid.figures(model, noise, Projection(), "mnist")
    assert far["fid_mnist_3k"] > 100 * far["fid_floor"]


def test_it_is_the_distance_of_gaussians_of_these_features(model):
    real = torch.randint(256, (2500, 1, 8, 8), dtype=torch.uint8, generator=torch.Generator().manual_seed(2))
    found, _ = fid.figures(model, real, Projection(), "toy")
    a, b = (features(Projection(), x).double() for x in (pictures(model, 2500, seed=1), real))
    product = torch.linalg.eigvals(torch.cov(a.T) @ torch.cov(b.T))
    expected = (a.mean(0) - b.mean(0)).square().sum() + torch.cov(a.T).trace() + torch.cov(b.T).trace()
    expected = expected - 2 * product.real.clamp_min(0).sqrt().sum()
    assert found["fid_toy_2k"] == pytest.approx(expected.item(), rel=1e-4)


def test_the_card_keeps_what_it_had(model, monkeypatch, tmp_path):
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    card = checkpoints.Card(
        "toy", "gan", "Toy", "", "models.gan.MLPGAN", {"latent": 4, "shape": [1, 8, 8], "widths": [16, 16]}, 4,
        (1, 8, 8), {}, {}, {"kid": 0.1}, {}, {}, {"command": "python -m train toy"}, "",
    )  # fmt: skip
    checkpoints.save(model, card)

    class Splits:
        name = "toy"
        test = type("Split", (), {"images": pictures(model, 2100, seed=9)})

    monkeypatch.setattr(command, "splits_of", lambda card: Splits())
    monkeypatch.setattr(inception, "load", Projection)
    fid.main("toy")
    written = json.loads((tmp_path / "toy.json").read_text())
    assert set(written["metrics"]) == {"kid", "fid_toy_2k", "fid_floor"}
    assert written["run"] == {"command": "python -m train toy", "then": "python -m evaluate.fid toy"}
    assert checkpoints.read("toy").sha256 == checkpoints.save(model, card).sha256
