"""Figures of flows with known answers."""

import math

import numpy as np
import pytest
import torch

import checkpoints
import data
from data.splits import Split, Splits, ring
from evaluate import feature_networks, flow, generated, real
from metrics.flow_matching import least_loss
from models.flow import Flow, MLPFlow, UNetFlow
from train.catalogue import RECIPES

MEAN, SPREAD = 0.4, 0.1  # of the pictures below, in [0, 1]


class Grey(Flow):
    """The exact velocity where every pixel is N(2·MEAN − 1, (2·SPREAD)²)."""

    def __init__(self, side=4):
        super().__init__((1, side, side))

    def velocity(self, x, t, label):
        t = t.view(-1, 1, 1, 1)
        mean, variance = 2 * MEAN - 1, (2 * SPREAD) ** 2
        slope = (t * variance - (1 - t)) / ((1 - t) ** 2 + t**2 * variance)
        return mean + slope * (x - t * mean)


def grey_pictures(n):
    random = torch.Generator().manual_seed(0)
    images = (255 * (MEAN + SPREAD * torch.randn(n, 1, 4, 4, generator=random))).round().clamp(0, 255)
    return Split(images.to(torch.uint8), torch.zeros(n, dtype=torch.int64))


def test_the_first_prediction_from_noise_is_the_mean_picture():
    metrics, protocol = flow.first_answer(Grey(), grey_pictures(20_000))
    assert metrics["first_answer_error"] == pytest.approx(255 * SPREAD / math.sqrt(20_000), rel=0.5)
    assert metrics["first_answer_spread"] < 1e-3
    assert metrics.keys() == protocol.keys()


def test_an_identity_network_is_far_from_the_mean():
    class Stays(Grey):
        def velocity(self, x, t, label):
            return torch.zeros_like(x)

    metrics, _ = flow.first_answer(Stays(), grey_pictures(1000))
    assert metrics["first_answer_spread"] == pytest.approx(127.5, rel=0.1)  # the noise itself


def test_pictures_are_reconstructed_and_their_codes_are_as_long_as_noise():
    metrics, _ = flow.way_back(Grey(), grey_pictures(300))
    assert metrics["round_trip_mse"] < 1e-4
    assert metrics["code_length"] == pytest.approx(1, abs=0.05)


def test_reconstructed_pictures_of_a_sorted_set_are_of_all_classes(monkeypatch):
    """Pictures as bright as their class: the longest and the shortest codes are among them."""
    labels = torch.arange(10).repeat_interleave(30)
    images = (25 * labels).to(torch.uint8).view(-1, 1, 1, 1).expand(-1, 1, 4, 4)
    seen = []
    monkeypatch.setattr(Grey, "code", lambda self, x: seen.append(x) or x.flatten(1))
    flow.way_back(Grey(4), Split(images, labels, sorted=True), count=60)
    classes = (torch.cat(seen)[:, 0, 0, 0] * 255 / 25).round().long()
    assert classes.bincount(minlength=10).numpy() == pytest.approx(np.full(10, 6), abs=5)


def test_nearest_train_pictures_of_a_sorted_set_are_searched_for_all_classes():
    """Pictures of one number: the distance to black is the number, on average half of the largest."""
    images = torch.arange(200).to(torch.uint8).repeat_interleave(10).view(-1, 1, 1, 1)
    labels = torch.zeros(2000, dtype=torch.int64)
    black = Split(images[:1], labels[:1])
    metrics, _ = real.figures(Splits("made up", "", black, Split(images, labels, sorted=True)), torch.rand(40, 3))
    assert metrics["nearest_train_of_test"] == pytest.approx(199 / 2 / 255, rel=0.1)


def test_class_accuracy_is_measured_only_if_a_classifier_knows_the_classes():
    class Undrawn(Grey):
        def picture(self, *_, **__):
            raise AssertionError("Nobody looks at these samples.")

    digits = data.sample("mnist")
    split = Split(torch.from_numpy(digits.images), torch.from_numpy(digits.labels))
    mnist, stripes = (Splits(name, "", split, split) for name in ("mnist", "stripes"))
    assert flow.of_classes(Grey(28), mnist, flow.asked(Undrawn(28))) == ({}, {})
    torch.manual_seed(0)
    network = UNetFlow(channels=8, width=16).eval()
    assert flow.of_classes(network, stripes, flow.asked(Undrawn(28))) == ({}, {})
    metrics, protocol = flow.of_classes(network, mnist, flow.asked(network, [1.0], count=20))
    assert metrics["asked_class_guidance_1"] == pytest.approx(0.1)  # grey for all: one class of ten is right
    assert metrics["variety_guidance_1"] < 0.1
    assert metrics.keys() == protocol.keys()


def test_two_halves_of_real_digits_are_equally_varied():
    classifier, images = feature_networks.load("mnist"), torch.from_numpy(data.sample("mnist").images)
    one, other = (flow.spread_within(classifier, half) for half in images.split(500))
    assert one == pytest.approx(other, rel=0.1)
    assert flow.spread_within(classifier, images[:1].expand(50, -1, -1, -1)) == pytest.approx(0, abs=1e-6)


def test_real_points_are_below_the_floor_and_noise_is_not():
    splits = ring(2000)
    real = torch.from_numpy(2 * splits.test.floats().numpy() - 1)

    class Still(Flow):
        def velocity(self, x, t, label):
            return torch.zeros_like(x)

    class Draws(Still):
        def generate(self, z, *_):
            return real[torch.randint(len(real), (len(z),), generator=torch.Generator().manual_seed(7))]

    class Noise(Still):
        def generate(self, z, *_):
            return z

    good, bad = (flow.of_points(kind((2,)), splits, n=200, repeats=100).metrics for kind in (Draws, Noise))
    assert good["energy_distance"] < good["energy_floor_95"] < bad["energy_distance"]
    assert good["energy_floor_95"] == bad["energy_floor_95"]
    assert good["velocity_error"] == pytest.approx(2, rel=0.05)  # of data − noise, both of variance 1


def test_the_velocity_error_is_smallest_for_the_optimal_field():
    """Of two data points at ±1 the best field is known: E[data | x_t] = tanh(t x / (1 − t)²)."""

    class Best(Flow):
        def velocity(self, x, t, label):
            mean = torch.tanh(t[:, None] * x / (1 - t[:, None]) ** 2)
            return (mean - x) / (1 - t[:, None])

    points = torch.tensor([[-1.0], [1.0]]).repeat(20_000, 1)
    least = least_loss(points[:2].numpy(), 40_000, np.random.default_rng(0))
    assert flow.velocity_error(Best((1,)), points) == pytest.approx(least, rel=0.03)


def test_weights_are_exported_in_the_order_of_the_browser():
    """Layer by layer: the computation of lib/network.js gives the output of the network."""
    torch.manual_seed(0)
    model = MLPFlow(widths=(5, 4))
    flat, at = torch.from_numpy(flow.in_the_browser(model)), 0
    x, t = torch.randn(6, 2), torch.rand(6)
    values = torch.cat([x, t[:, None]], 1)
    for inputs, outputs, leaky in ((3, 5, True), (5, 4, True), (4, 2, False)):
        weights, at = flat[at : at + inputs * outputs].view(inputs, outputs), at + inputs * outputs
        values, at = values @ weights + flat[at : at + outputs], at + outputs
        values = torch.where(values < 0, 0.2 * values, values) if leaky else values
    assert at == len(flat)
    assert torch.allclose(values, model.velocity(x, t, torch.zeros(6, dtype=torch.int64)), atol=1e-6)


def test_points_of_a_ring_are_stored_like_pixels():
    splits = ring(5000)
    points = 2 * splits.train.floats().numpy() - 1
    assert points.mean(0) == pytest.approx([0, 0], abs=1e-5)
    assert points.std(0) == pytest.approx([1, 1], abs=1e-5)
    assert splits.test.images.shape == (5000, 2)
    assert not np.array_equal(splits.train.images, splits.test.images)


def test_a_flow_is_measured_like_every_generator(monkeypatch):
    """Its samples over five seeds, by the classifier of its data set."""
    model = Grey(28)
    monkeypatch.setitem(real.SAMPLES, "mnist", 30)
    images = torch.from_numpy(data.sample("mnist").images[:200])
    split = Split(images, torch.zeros(200, dtype=torch.int64))
    metrics, protocol = generated.figures(model, Splits("mnist", "", split, split))
    assert metrics["frechet_mnist_30"] > 5 * metrics["frechet_floor"]  # grey pictures
    assert metrics["frechet_mnist_30_spread"] >= 0
    assert "mean of 5 seeds" in protocol["frechet_mnist_30"]


def test_requested_classes_have_equal_numbers_of_samples(monkeypatch):
    """A flow that draws a shipped picture of the class that it is asked for is as near to them as other real ones."""
    shipped = data.sample("mnist")
    by_class = [torch.from_numpy(shipped.images[shipped.labels == y]).float() / 255 for y in range(10)]
    asked = []

    class Draws(Flow):
        def __init__(self):
            super().__init__((1, 28, 28), classes=10)
            self.weight = torch.nn.Parameter(torch.zeros(1))  # says on which device it is

        def picture(self, z, label=None, guidance=1.0, **_):
            asked.extend(label.tolist())
            return torch.stack(
                [by_class[y][int(999 * abs(one[0])) % len(by_class[y])] for y, one in zip(label, z, strict=True)]
            )

    monkeypatch.setitem(real.SAMPLES, "mnist", 150)
    split = Split(torch.from_numpy(shipped.images), torch.from_numpy(shipped.labels))
    metrics, protocol = flow.asked_evenly(Draws(), Splits("mnist", "", split, split))
    assert np.bincount(asked).tolist() == [5 * 15] * 10
    assert 0 < metrics["frechet_mnist_150_classes"] < 0.5
    assert "150 samples, as many of each class that was asked for" in protocol["frechet_mnist_150_classes"]
    assert flow.asked_evenly(Grey(), Splits("mnist", "", split, split)) == ({}, {})


@pytest.mark.slow
@pytest.mark.parametrize("card", checkpoints.gallery("flow"), ids=lambda card: card.name)
def test_figures_of_shipped_flows_are_reproduced_from_their_weights(card):
    """With few pictures, so the tolerance is wide."""
    model = checkpoints.load(card.name)
    shipped = data.sample(card.dataset["name"])
    split = Split(torch.from_numpy(shipped.images), torch.from_numpy(shipped.labels))
    answers, _ = flow.first_answer(model, split, count=40, seed=1)
    # The mean of the shipped pictures is some 2.5 grey levels away from that of all train pictures.
    assert answers["first_answer_error"] == pytest.approx(card.metrics["first_answer_error"], rel=0.1, abs=4)
    assert answers["first_answer_spread"] == pytest.approx(card.metrics["first_answer_spread"], rel=0.15)
    back, _ = flow.way_back(model, split, count=15)
    assert back["code_length"] == pytest.approx(card.metrics["code_length"], rel=0.08)
    assert card.metrics["round_trip_mse"] / 4 < back["round_trip_mse"] < 4 * card.metrics["round_trip_mse"]


def test_recipes_of_flows_name_their_metrics():
    assert RECIPES["mnist_flow"].evaluate is RECIPES["fashion_flow"].evaluate is flow.evaluate
    assert RECIPES["mnist_flow"].arguments == RECIPES["fashion_flow"].arguments
    assert RECIPES["toy_flow"].evaluate is flow.of_points
