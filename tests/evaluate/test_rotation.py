"""Rotation accuracy of predictors with a known score."""

import math

import numpy as np
import pytest
import torch
from scipy import ndimage

import checkpoints
import data
from data.splits import Split
from evaluate import rotation
from metrics.rotation import rotation_accuracy, turn_chances, turned


def upright_marks(n=40):
    """Pictures with one bright corner: which one it is says how far the picture was turned."""
    x = torch.zeros(n, 1, 4, 4)
    x[:, 0, 0, 0] = 1
    return x, torch.arange(n) % 10


def by_corner(x):
    """Top left, bottom left, bottom right, top right: the way of a corner that turns anticlockwise."""
    return torch.stack([x[:, 0, 0, 0], x[:, 0, -1, 0], x[:, 0, -1, -1], x[:, 0, 0, -1]], 1)


def test_accuracy_of_a_perfect_a_constant_and_a_half_correct_predictor():
    x, y = upright_marks()
    assert rotation_accuracy(by_corner, x, y) == (1.0, [1.0] * 10)
    overall, each = rotation_accuracy(lambda x: torch.eye(4)[torch.full((len(x),), 2)], x, y)
    assert (overall, each) == (0.25, [0.25] * 10)
    x[y == 3] = 1  # looks the same after any turn: the first of four equal logits is right once
    overall, each = rotation_accuracy(by_corner, x, y, batch=7)
    assert each == [1, 1, 1, 0.25, 1, 1, 1, 1, 1, 1]
    assert overall == pytest.approx(0.925)


def test_a_class_without_pictures_is_refused():
    x, y = upright_marks(9)
    with pytest.raises(ValueError, match="class 9"):
        rotation_accuracy(by_corner, x, y)


def test_quarter_turns_keep_every_pixel_and_other_angles_turn_the_same_way():
    picture = torch.rand(2, 8, 8, generator=torch.Generator().manual_seed(0))
    found = turned(picture, [0, 90, 180, 270])
    for k in range(4):
        assert torch.allclose(found[k], picture.rot90(k, (1, 2)), atol=1e-6)
    # A bright spot right of the middle is above it on the way to 90°, anticlockwise: scipy turns the same way.
    spot = torch.zeros(1, 29, 29)
    spot[0, 13:16, 22:25] = 1
    ours = turned(spot, [30.0])[0, 0]
    assert np.allclose(ours, ndimage.rotate(spot[0].numpy(), 30, reshape=False, order=1), atol=1e-4)


def test_a_picture_is_shifted_before_it_is_rotated():
    picture = torch.zeros(1, 8, 8)
    picture[0, 3:6, 2:7] = torch.rand(3, 5, generator=torch.Generator().manual_seed(0))
    found = turned(picture, [0, 90, 180, 270], moved=1.0)
    there = picture.roll((-1, -1), (1, 2))
    for k in range(4):
        assert torch.allclose(found[k], there.rot90(k, (1, 2)), atol=1e-6)


def test_probabilities_of_the_turns():
    x, _ = upright_marks(3)
    assert torch.allclose(turn_chances(by_corner, x)[0], torch.tensor([math.e, 1, 1, 1]) / (math.e + 3))


def test_predictions_match_the_stored_weights():
    """On some digits, so the tolerance is wide."""
    card, shipped = checkpoints.read("mnist_ssgan"), data.sample("mnist")
    some = Split(torch.from_numpy(shipped.images[::8]), torch.from_numpy(shipped.labels[::8]))
    found, protocol = rotation.of_turned(checkpoints.load(card.name), some)
    assert found["rotation_accuracy"] == pytest.approx(card.metrics["rotation_accuracy"], abs=0.08)
    assert found.keys() >= protocol.keys()


def test_a_gan_without_a_rotation_task_is_reported_in_one_sentence():
    with pytest.raises(checkpoints.CheckpointError, match="mnist_gan guesses no rotations"):
        rotation.add_to_card("mnist_gan")
