"""Corruptions against what they should do, and the page that shows how metrics react."""

import numpy as np
import pytest

import data
from data import corruptions
from tests.apptest import new_caches, with_caches, without_error
from ui.evaluate import reactions

SAMPLE = data.sample("mnist")
IMAGES, LABELS = SAMPLE.images[:200], SAMPLE.labels[:200]


def spoiled(kind, strength):
    return corruptions.KINDS[kind](IMAGES, LABELS, strength, np.random.default_rng(0))


@pytest.mark.parametrize("kind", corruptions.KINDS)
def test_strength_zero_changes_nothing(kind):
    assert np.array_equal(spoiled(kind, 0.0), IMAGES)
    assert spoiled(kind, 1.0).shape == IMAGES.shape
    assert not np.array_equal(spoiled(kind, 1.0), IMAGES)


def test_blur_keeps_the_brightness_and_noise_has_its_deviation():
    middle = np.zeros((1, 1, 28, 28), np.uint8)
    middle[..., 10:18, 10:18] = 200
    blurred = corruptions.blur(middle, None, 1.0, None)
    assert blurred.sum() == pytest.approx(middle.sum(), rel=0.02)
    grey = np.full((50, 1, 28, 28), 128, np.uint8)
    noisy = corruptions.noise(grey, None, 0.5, np.random.default_rng(1))
    assert noisy.std() == pytest.approx(25.5, rel=0.02)


def test_moving_by_whole_pixels_is_a_shift():
    moved = spoiled("move", 0.4)
    assert np.array_equal(moved[..., 2:], IMAGES[..., :-2])


@pytest.mark.parametrize(("strength", "classes"), [(0.0, 10), (0.5, 5), (1.0, 1)])
def test_forgotten_classes_are_gone(strength, classes):
    known = {picture.tobytes(): label for picture, label in zip(IMAGES, LABELS, strict=True)}
    assert len({known[picture.tobytes()] for picture in spoiled("drop", strength)}) == classes


def test_repeating_leaves_one_of_each_class_at_the_end():
    assert len({picture.tobytes() for picture in spoiled("repeat", 1.0)}) == len(np.unique(LABELS))


@pytest.fixture(scope="module")
def caches():
    return new_caches()


@pytest.fixture
def strengths(caches, monkeypatch):
    """strengths(*values): the page has only these, since each takes a third of a second; in caches of its own."""
    with with_caches(caches):
        yield lambda *values: monkeypatch.setattr(reactions, "STRENGTHS", values)


def test_what_the_page_says_of_the_metrics_is_so(strengths):
    strengths(0.0, 1.0)
    repeat, move = reactions.measure("repeat"), reactions.measure("move")
    assert repeat["inception_score"][1] > 0.9 * repeat["inception_score"][0]
    assert repeat["coverage"][1] < 0.2
    assert move["frechet"][1] < 1.0
    assert move["mse"][1] > 0.1
    strengths(0.0, 0.3, 0.5, 0.7, 1.0)
    drop = reactions.measure("drop")
    assert min(drop["density"]) > 0.9
    assert drop["coverage"][-1] < 0.1
    assert drop["coverage"] == sorted(drop["coverage"], reverse=True)
    strengths(0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
    blur = reactions.measure("blur")
    assert max(blur["inception_score"][1:]) > blur["inception_score"][0]
    assert blur["mse"][-1] < 0.02
    strengths(0.5)
    noise = reactions.measure("noise")
    assert noise["coverage"][0] < 0.2
    assert noise["mse"][0] < 0.01


@pytest.mark.parametrize("kind", reactions.NAMES)
def test_every_corruption_paints(kind, strengths):
    strengths(0.0, 0.5, 1.0)
    without_error("evaluate/reactions", spoil=kind)
    assert len(reactions.panels(reactions.measure(kind))) == 5
