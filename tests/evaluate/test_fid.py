"""FID in a card, with a small replacement for Inception: which pictures are compared, and what is written."""

import hashlib
import json

import numpy as np
import pytest
import torch

import checkpoints
from evaluate import command, fid, inception, inception_cache
from evaluate.features import features
from evaluate.samples import SEEDS, of_each_class, pictures
from metrics.frechet import frechet_of_features
from models.flow import UNetFlow
from models.gan import MLPGAN


class Projection(torch.nn.Module):
    """Six random projections instead of Inception's 2,048 features; takes pictures of any size, as it does."""

    shape = None

    def features(self, x):
        weights = torch.randn(x[0].numel(), 6, generator=torch.Generator().manual_seed(3))
        return x.flatten(1) @ weights


@pytest.fixture
def model(monkeypatch, tmp_path):
    kept = {}
    monkeypatch.setattr(fid, "cache", lambda: tmp_path)
    monkeypatch.setattr(inception_cache, "read", lambda images: kept.get(images.sum().item()))
    monkeypatch.setattr(inception_cache, "write", lambda images, table: kept.update({images.sum().item(): table}))
    torch.manual_seed(0)
    return MLPGAN(latent=4, shape=(1, 8, 8), widths=(16, 16)).eval()


def test_a_models_own_pictures_are_at_the_floor_and_noise_is_not(model):
    own = pictures(model, 3000, seed=7)
    metrics, protocol, _ = fid.figures(model, own, Projection(), "mnist")
    assert metrics["fid_mnist_3k"] < 2 * metrics["fid_floor"]
    assert "3,000 samples" in protocol["fid_mnist_3k"]
    noise = torch.randint(256, own.shape, dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
    far, _, _ = fid.figures(model, noise, Projection(), "mnist")
    assert far["fid_mnist_3k"] > 100 * far["fid_floor"]


def test_fid_is_the_frechet_distance_of_the_features(model):
    real = torch.randint(256, (2500, 1, 8, 8), dtype=torch.uint8, generator=torch.Generator().manual_seed(2))
    found, _, _ = fid.figures(model, real, Projection(), "toy")
    each = []
    for seed in SEEDS:
        a, b = (features(Projection(), x).double() for x in (pictures(model, 2500, seed), real))
        product = torch.linalg.eigvals(torch.cov(a.T) @ torch.cov(b.T))
        value = (a.mean(0) - b.mean(0)).square().sum() + torch.cov(a.T).trace() + torch.cov(b.T).trace()
        each.append((value - 2 * product.real.clamp_min(0).sqrt().sum()).item())
    assert found["fid_toy_2500"] == pytest.approx(np.mean(each), rel=1e-4)
    assert found["fid_toy_2500_spread"] == pytest.approx(np.std(each, ddof=1), rel=1e-2)


def test_the_floor_uses_other_real_pictures_if_available(model):
    generator = torch.Generator().manual_seed(2)
    real, others = (torch.randint(256, (n, 1, 8, 8), dtype=torch.uint8, generator=generator) for n in (400, 900))
    found, protocol, _ = fid.figures(model, real, Projection(), "toy", others)
    halves, words, _ = fid.figures(model, real, Projection(), "toy")
    assert protocol["fid_floor"] == "400 others in place of the samples, against the same 400, mean of 2 draws"
    assert words["fid_floor"] == "200 of these real pictures against 200 others, mean of 20 random splits"
    assert found["fid_floor"] < halves["fid_floor"]  # half as many have more
    assert "fid_floor_spread" in halves


def test_the_floor_uses_the_remaining_real_pictures(model, monkeypatch):
    """For a set with one split, such as dSprites: no picture is on both sides."""
    monkeypatch.setattr(fid, "SAMPLES", 300)
    generator = torch.Generator().manual_seed(2)
    real = torch.randint(256, (950, 1, 8, 8), dtype=torch.uint8, generator=generator)
    found, protocol, described = fid.figures(model, real, Projection(), "toy")
    order = torch.randperm(950, generator=torch.Generator().manual_seed(0))
    sides = [features(Projection(), real[order[k : k + 300]]) for k in (0, 300, 600)]
    each = [frechet_of_features(side, sides[0]) for side in sides[1:]]
    assert found["fid_floor"] == pytest.approx(np.mean(each), rel=1e-6)
    assert found["fid_floor_spread"] == pytest.approx(np.std(each, ddof=1), rel=1e-6)
    assert "fid_toy_300" in found
    assert protocol["fid_floor"].startswith("300 others in place of the samples, against the same 300")
    assert described["pictures_sha256"] == hashlib.sha256(real[order[:300]].numpy().tobytes()).hexdigest()
    assert described["mean_squared"] == pytest.approx(sides[0].mean(0).square().sum().item(), rel=1e-4)
    assert described["trace_of_covariance"] == pytest.approx(sides[0].var(0).sum().item(), rel=1e-4)


def test_the_card_keeps_its_other_figures(model, monkeypatch, tmp_path):
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    card = checkpoints.Card(
        "toy", "gan", "Toy", "", "models.gan.MLPGAN", {"latent": 4, "shape": [1, 8, 8], "widths": [16, 16]}, 4,
        (1, 8, 8), {}, {"name": "toy"}, {"kid": 0.1}, {}, {}, {"command": "python -m train toy"}, "",
    )  # fmt: skip
    checkpoints.save(model, card)

    class Splits:
        name = "toy"
        test = train = type("Split", (), {"images": pictures(model, 2100, seed=9)})

    monkeypatch.setattr(command, "splits_of", lambda card: Splits())
    monkeypatch.setattr(inception, "load", Projection)
    fid.main("toy")
    written = json.loads((tmp_path / "toy.json").read_text())
    assert set(written["metrics"]) == {*("kid", "fid_toy_2100", "fid_toy_2100_spread", "fid_floor", "fid_floor_spread")}
    assert {k: written["run"][k] for k in ("command", "then")} == {
        "command": "python -m train toy",
        "then": "python -m evaluate.fid toy",
    }
    assert written["run"]["fid_real"]["pictures"] == 2100
    assert checkpoints.read("toy").sha256 == checkpoints.save(model, card).sha256


def test_a_stopped_command_continues(model, monkeypatch):
    real = pictures(model, 300, seed=7)
    whole, *_ = fid.figures(model, real, Projection(), "toy")
    measured = []
    monkeypatch.setattr(fid, "features_with_bar", lambda *given: measured.append(given) or features(*given[:2]))
    assert fid.figures(model, real, Projection(), "toy")[0] == whole
    assert not measured
    kept = sorted((fid.cache() / "fid").iterdir())
    assert len(kept) == len(SEEDS)
    kept[0].write_text("")  # cut
    kept[1].unlink()
    assert fid.figures(model, real, Projection(), "toy")[0] == whole
    assert len(measured) == 2


def test_a_flow_has_a_figure_without_a_class_and_one_with_every_class(model):
    flow = UNetFlow(shape=(1, 8, 8), classes=3, channels=8, width=8).eval()
    for weights in flow.parameters():  # the last layers begin at 0, where no class makes a difference
        torch.nn.init.normal_(weights, 0, 0.2, generator=torch.Generator().manual_seed(1))
    real = torch.randint(256, (60, 1, 8, 8), dtype=torch.uint8, generator=torch.Generator().manual_seed(2))
    found, protocol, _ = fid.figures(flow, real, Projection(), "toy", real)
    truth = features(Projection(), real[fid.shuffled(real)])
    for key, draw in (("fid_toy_60", pictures), ("fid_toy_60_classes", of_each_class)):
        each = [frechet_of_features(features(Projection(), draw(flow, 60, seed)), truth) for seed in SEEDS]
        assert found[key] == pytest.approx(np.mean(each), rel=1e-6)
    assert found["fid_toy_60"] != found["fid_toy_60_classes"]
    assert "as many of each class" in protocol["fid_toy_60_classes"]
