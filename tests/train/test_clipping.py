"""Clipped critics: their bounds, the statements of the page about them, the histogram of weights, and the page."""

import numpy as np
import pytest
import torch
from torch import nn

import checkpoints
from checkpoints import recorded
from checkpoints.recorded.clipped_critics import ClippedCritics
from data import toy
from tests.apptest import opened, without_error
from train.live import clipping
from train.recordings.clipping import record
from ui.learn import clipping as shown


@pytest.fixture(scope="module")
def found():
    return recorded.clipping()


def test_weights_stay_within_the_bounds_except_in_the_last_layer(found):
    for weights, clip in zip(found.weights, found.clips, strict=False):
        assert np.abs(weights).max() == pytest.approx(clip, rel=1e-6)
    assert np.abs(found.weights[-1]).max() > max(found.clips)


def test_the_statements_of_the_page_about_clipping_hold(found):
    assert found.at_ends[:4].min() > 0.9
    assert found.slopes[0] < 0.05
    assert found.slopes[-2] > 10
    assert found.slopes[-1] == pytest.approx(1, abs=0.3)
    assert found.values[-1] == pytest.approx(shown.distance(), rel=0.15)
    comparable = found.values / found.slopes
    assert comparable[-1] > 2 * comparable[:-1].max()
    inside = np.abs(found.grid) < 3
    for critic in found.critics[:2]:  # hardly bent: a straight line leaves little
        line = np.polyval(np.polyfit(found.grid[inside], critic[inside], 1), found.grid[inside])
        assert np.var(critic[inside] - line) < 0.01 * np.var(critic[inside])


def test_the_recorded_critics_match_the_command(found):
    """With few steps, so only shapes, clip values and rounding are compared."""
    again = record(0, 3)
    assert tuple(again["clips"]) == found.clips
    assert np.shape(again["weights"]) == found.weights.shape
    back = ClippedCritics.from_dict(again)
    assert np.abs(back.weights[0]).max() <= found.clips[0]
    assert back.to_dict() == again


def test_equal_distributions_have_distance_zero():
    g = toy.gaussian()
    critics = clipping.train_critics(g, g, [0.05], steps=20, width=4, batch=32)
    assert critics.values == pytest.approx([0.0, 0.0], abs=1e-6)


@pytest.mark.parametrize("clips", [[], [0.0], [-1.0], [float("nan")], [float("inf")]])
def test_an_invalid_clip_value_is_refused(clips):
    with pytest.raises(ValueError, match="positive"):
        clipping.train_critics(toy.gaussian(), toy.gaussian(1), clips)


@pytest.mark.parametrize("steps", [0, -5])
def test_critics_need_at_least_one_step(steps):
    with pytest.raises(ValueError, match="at least one step"):
        clipping.train_critics(toy.gaussian(), toy.gaussian(1), [0.1], steps=steps)


def test_histogram_of_a_small_network_counted_by_hand():
    network = nn.Sequential(nn.Linear(3, 1), nn.LeakyReLU(0.2), nn.Dropout(0.3), nn.Linear(1, 1, bias=False))
    with torch.no_grad():
        network[0].weight.copy_(torch.tensor([[-0.01, 0.01, 0.001]]))
        network[0].bias.fill_(-0.00995)
        network[3].weight.fill_(0.004)
    edges, shares, most, at_ends, positive = clipping.weight_histogram(network, bins=4)
    assert edges == pytest.approx([-0.01, -0.005, 0, 0.005, 0.01], abs=1e-8)
    assert shares == pytest.approx([0.4, 0, 0.4, 0.2])
    assert most == pytest.approx(0.01)
    assert at_ends == pytest.approx(0.6)
    assert positive == pytest.approx(0.6)


def test_a_network_without_weights_is_refused():
    with pytest.raises(ValueError, match="no weights"):
        clipping.weight_histogram(nn.ReLU())


@pytest.mark.parametrize(("query", "warnings"), [({}, 0), ({"clip": "5"}, 0), ({"clip": "99"}, 1), ({"clip": "x"}, 1)])
def test_the_page_opens(query, warnings):
    app = without_error("learn/wgan", **query)
    assert len(app.warning) == warnings


def test_the_page_shows_every_trained_critic_layer_by_layer():
    app = opened("learn/wgan", layer="2")
    trained = [card for card in checkpoints.gallery("gan") if "clip" in card.recipe["loss"]]
    told = [caption.value for caption in app.caption if "are positive" in caption.value]
    assert len(told) == len(trained) >= 2
    layers = [m for m in checkpoints.load("fashion_wgan").discriminator if hasattr(m, "weight")]
    weights = torch.cat([p.detach().flatten() for p in layers[2].parameters()])
    own = next(text for text in told if text.startswith(f"**{checkpoints.read('fashion_wgan').title}.**"))
    assert f"{(weights > 0).float().mean():.0%} are positive" in own
