"""The recorded distances of a flow: how samples are drawn, and distances with known values."""

import dataclasses
import functools
import time

import numpy as np
import pytest
import torch

import checkpoints
import data
from evaluate import feature_networks, references
from evaluate.samples import of_each_class
from metrics.frechet import moments
from models.flow import Flow
from models.ode import evaluations
from tests import shipped
from train.recordings import flow_steps


def test_solvers_evaluate_the_network_as_often_as_stated():
    ways = flow_steps.ways()
    passes = {way: evaluations(*way, limited=True) for way in ways}
    assert passes["euler", 1] == 1
    assert passes["midpoint", 8] == passes["heun", 8] == 15
    assert passes["euler", 32] == passes["midpoint", 16] + 1
    assert ("heun", 1) not in ways  # it is Euler's


@pytest.mark.slow
def test_real_pictures_of_the_requested_class_are_near_and_grey_ones_far():
    digits, network = data.sample("mnist"), feature_networks.load("mnist")
    real = moments([shipped.features_of("mnist")])
    by_class = [torch.from_numpy(digits.images[digits.labels == y]).float() / 255 for y in range(10)]

    class Draws(Flow):
        def __init__(self):
            super().__init__((1, 28, 28), classes=10)
            self.asked, self.ways = [], set()

        def picture(self, z, label=None, guidance=1.0, **way):
            self.asked.extend(label.tolist())
            self.ways.add(tuple(way.items()))
            rows = [int(1e4 * abs(one[0])) % len(by_class[k]) for one, k in zip(z, label, strict=True)]
            return torch.stack([by_class[k][row] for k, row in zip(label, rows, strict=True)])

    model = Draws()
    near = flow_steps.distances(lambda seed: of_each_class(model, 150, seed, solver="euler", steps=3), network, real, 2)
    far = flow_steps.distances(lambda seed: torch.full((150, 1, 28, 28), 128, dtype=torch.uint8), network, real, 2)
    assert np.bincount(model.asked).tolist() == [30] * 10
    assert model.ways == {(("solver", "euler"), ("steps", 3))}
    assert 0 < near["frechet"] < 0.5
    assert near["frechet_spread"] > 0
    assert far["frechet_spread"] == 0  # the same pictures twice
    assert far["frechet"] > 20 * near["frechet"]


def test_a_row_names_the_weights_the_solvers_and_the_reference(monkeypatch):
    monkeypatch.setattr(flow_steps, "ways", lambda: [("euler", 1), ("midpoint", 2)])
    monkeypatch.setattr(flow_steps, "milliseconds", functools.partial(flow_steps.milliseconds, repeats=1))
    digits = data.sample("mnist")
    few = dataclasses.replace(digits, images=digits.images[:300], labels=digits.labels[:300])
    monkeypatch.setattr(data, "load", lambda name, split: few)
    card = checkpoints.read("mnist_flow")
    row = flow_steps.of_flow(card, samples=30, seeds=2)
    assert (row["sha256"], row["network"], row["against"]) == (card.sha256, "mnist_classifier", 300)
    rows = [(way["solver"], way["steps"], way["evaluations"]) for way in row["ways"]]
    assert rows == [("euler", 1, 1), ("midpoint", 2, 3)]
    assert list(row["beside"]) == ["mnist_vae", "mnist_gan"]
    assert row["ways"][0]["frechet"] > row["beside"]["mnist_gan"]["frechet"]  # one step is a mean of digits
    assert all(one["milliseconds"] > 0 for one in (*row["ways"], *row["beside"].values()))


def test_known_results_of_the_same_weights_are_kept_and_others_measured(monkeypatch):
    """Only one solver is new; for other weights all are measured, which needs the pictures of the data set."""
    card, way = checkpoints.read("mnist_flow"), {"solver": "euler", "steps": 1, "evaluations": 1, "frechet": 7.0}
    others = {other.name: {"sha256": other.sha256, "frechet": 3.0} for other in references.beside(card)}
    known = {"sha256": card.sha256, "ways": [way], "beside": others}
    digits, timed = data.sample("mnist"), []
    few = dataclasses.replace(digits, images=digits.images[:300], labels=digits.labels[:300])
    monkeypatch.setattr(data, "load", lambda name, split: few)
    monkeypatch.setattr(flow_steps, "ways", lambda: [("euler", 1), ("euler", 2)])
    monkeypatch.setattr(flow_steps, "milliseconds", lambda model, **way: timed.append(way) or 9.0)
    row = flow_steps.of_flow(card, 30, 2, known)
    assert row["ways"][0] == way | {"milliseconds": 9.0}
    assert row["ways"][1]["steps"] == 2
    assert row["ways"][1]["frechet"] > 0
    assert row["beside"] == {name: other | {"milliseconds": 9.0} for name, other in others.items()}
    assert timed == [{"solver": "euler", "steps": 1}, {"solver": "euler", "steps": 2}, {}, {}]  # all on one machine
    row = flow_steps.of_flow(card, 30, 2, known | {"sha256": "of another training"})
    assert row["ways"][0]["frechet"] != 7
    assert len(timed) == 8


def test_times_are_measured_with_pictures_of_a_class_like_distances():
    class Draws(Flow):
        def __init__(self):
            super().__init__((1, 4, 4), classes=3)
            self.asked = []

        def picture(self, z, label=None, guidance=1.0, **way):
            self.asked.append((z.shape, label.tolist(), guidance, way))
            time.sleep(0.05)  # another process has the core: this is not the time of the thread
            return z

    model, way = Draws(), {"solver": "midpoint", "steps": 8}
    assert 0 < flow_steps.milliseconds(model, repeats=3, **way) < 50 / flow_steps.TIMED
    assert model.asked == [((10, 16), [0, 1, 2, 0, 1, 2, 0, 1, 2, 0], 1.0, way)] * 4


@pytest.mark.parametrize(("aim", "gan"), [("mnist_ssgan.frechet", "mnist_ssgan"), (None, "mnist_gan")])
def test_the_gan_of_the_aim_is_included(aim, gan):
    card = dataclasses.replace(checkpoints.read("mnist_flow"), aim={"of": aim})
    assert [other.name for other in references.beside(card)] == ["mnist_vae", gan]
