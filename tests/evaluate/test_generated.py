"""Figures of samples against a computation step by step."""

import pytest
import torch

import data
from data.splits import Split, Splits
from evaluate import feature_networks, generated
from evaluate.features import features
from evaluate.samples import SEEDS, pictures
from metrics.coverage import density_and_coverage
from tests.train.test_measures import Shades


@pytest.mark.parametrize("is_sorted", [True, False])
def test_density_uses_random_real_pictures_of_a_sorted_set(is_sorted, monkeypatch):
    """Thirty of 150 digits that are sorted by class: the first ones are zeros and ones."""
    monkeypatch.setattr("evaluate.real.SAMPLES", {"mnist": 60})
    monkeypatch.setattr(generated, "NEIGHBOURS_AMONG", 30)
    shipped = data.sample("mnist")
    order = torch.from_numpy(shipped.labels[:150]).argsort(stable=True)
    images, labels = torch.from_numpy(shipped.images[:150])[order], torch.from_numpy(shipped.labels[:150])[order]
    test = Split(images, labels, is_sorted)
    model = Shades()
    metrics, protocol = generated.figures(model, Splits("mnist", "", Split(images, labels), test))
    network = feature_networks.load("mnist")
    real, drawn = features(network, test.some(30).images), features(network, pictures(model, 60, SEEDS[0]))
    assert (metrics["density"], metrics["coverage"]) == pytest.approx(density_and_coverage(real, drawn[:30]))
    assert f"of 30 {'random ' * is_sorted}real pictures" in protocol["density"]
    assert (len(set(test.some(30).labels.tolist())) > 6) == is_sorted
