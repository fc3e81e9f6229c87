"""What compared trainings are measured by, against the figures of cards."""

import pytest
import torch

import data
from data.splits import Split, Splits
from evaluate import feature_networks
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


def test_a_flow_is_measured_as_for_its_card_and_against_pictures_held_out(digits, monkeypatch):
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
