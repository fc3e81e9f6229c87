"""The metrics of compared trainings, against the figures of cards."""

from dataclasses import replace

import pytest
import torch

import data
from data.splits import Split, Splits
from evaluate import feature_networks, generated
from evaluate.features import features
from evaluate.flow import asked_evenly
from metrics.frechet import frechet_of_features
from models.flow import Flow
from train.studies import measures


@pytest.fixture
def digits():
    shipped = data.sample("mnist")
    images, labels = torch.from_numpy(shipped.images), torch.from_numpy(shipped.labels)
    parts = [Split(images[k : k + 150], labels[k : k + 150]) for k in (0, 150, 300)]
    return Splits("mnist", "made up", parts[0], parts[1], valid=parts[2])


class Shades(Flow):
    """Noise around a grey of its own for each class, which takes no time."""

    def __init__(self):
        super().__init__((1, 28, 28), classes=10)

    def velocity(self, x, t, label):
        return (label / 10 - 0.5).view(-1, 1, 1, 1) - x / 2


def test_densities_use_all_classes_of_a_sorted_set(monkeypatch):
    """Pictures as bright as their class, and a log density that is the brightness."""
    labels = torch.arange(10).repeat_interleave(400)
    images = (labels * 20).to(torch.uint8).view(-1, 1, 1, 1)
    train = Split(images[:1], labels[:1])
    splits = Splits("made up", "", train, Split(images, labels, sorted=True), valid=Split(images, labels))
    monkeypatch.setattr(measures, "importance_log_px", lambda model, x, k: x.flatten())
    found = measures.of_densities(None, splits)
    assert found["test_log_px_k1000"] == pytest.approx(90 / 255, abs=0.01)
    assert found["valid_log_px_k1000"] == pytest.approx(40 / 255)  # the first half, which is not said to be sorted


def test_density_uses_all_classes_of_a_sorted_set(digits, monkeypatch):
    monkeypatch.setattr(measures, "SAMPLES", 20)
    monkeypatch.setattr(generated, "NEIGHBOURS_AMONG", 12)
    order = digits.test.labels.argsort(stable=True)
    test = Split(digits.test.images[order], digits.test.labels[order], sorted=True)
    seen = []
    monkeypatch.setattr(generated, "density_and_coverage", lambda real, drawn: seen.append(real) or (0.0, 0.0))
    measures.of_samples(Shades(), replace(digits, test=test))
    (real,) = seen
    assert torch.equal(real, features(feature_networks.load("mnist"), test.images)[test.rows(12)])
    assert len(set(test.labels[test.rows(12)].tolist())) > 5


@pytest.mark.slow
def test_a_flow_is_measured_like_its_card_but_on_held_out_pictures(digits, monkeypatch):
    monkeypatch.setattr(measures, "SAMPLES", 20)
    monkeypatch.setattr("evaluate.real.SAMPLES", {"mnist": 20})
    model = Shades()
    found = measures.of_flow(model, digits)
    card, _ = asked_evenly(model, digits)
    assert found["frechet_mnist_10k_classes"] == pytest.approx(card["frechet_mnist_20_classes"])
    network = feature_networks.load("mnist")
    held = frechet_of_features(features(network, digits.valid.images), features(network, digits.test.images))
    assert found["frechet_held"] == pytest.approx(found["frechet_mnist_10k"], abs=2 * held)
    assert found["frechet_held"] != found["frechet_mnist_10k"]
    assert 0 <= found["coverage"] <= 1 <= found["effective_classes"] <= 10
