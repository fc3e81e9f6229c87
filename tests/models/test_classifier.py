"""Shapes of the classifiers' features and logits."""

import itertools

import pytest
import torch

from models.classifier import ConvClassifier, FeatureHead, MLPClassifier, PoolingClassifier, SpriteClassifier


def test_the_sprite_classifier_predicts_four_factors_with_one_layer():
    model, x = SpriteClassifier(), torch.rand(2, 1, 64, 64)
    assert [logits.shape for logits in model.factors(x)] == [(2, 3), (2, 6), (2, 32), (2, 32)]
    assert model.features(x).shape == (2, 64)
    assert torch.equal(model(x), model.head(model.features(x)))


def test_classifier_shapes():
    model = ConvClassifier().eval()
    x = torch.rand(2, 1, 28, 28)
    assert model.features(x).shape == (2, 128)
    assert model(x).shape == (2, 10)
    colour = ConvClassifier(channels=(4, 8), shape=[3, 32, 32]).eval()
    assert colour.shape == (3, 32, 32)
    assert colour.features(torch.rand(2, 3, 32, 32)).shape == (2, 8)


def test_a_folded_classifier_gives_the_same_features():
    """BatchNorm with statistics of its own: of a new network it changes nothing."""
    model, x = ConvClassifier(channels=(4, 8), shape=[3, 32, 32]), torch.rand(6, 3, 32, 32)
    with torch.no_grad():
        for _ in range(3):
            model(3 * torch.rand(20, 3, 32, 32) - 1)
    for norm in (layer for layer in model.body if isinstance(layer, torch.nn.BatchNorm2d)):
        torch.nn.init.normal_(norm.weight)
        torch.nn.init.normal_(norm.bias)
    expected = model.eval().features(x)
    assert expected.std() > 0.01
    assert torch.allclose(model.folded()(x), expected, atol=1e-5)


@pytest.mark.parametrize("hidden", [[32, 64, 128], [16, 32, 64, 128], [8, 16, 32, 64, 128]])
def test_an_mlp_has_the_requested_layers(hidden):
    model, x = MLPClassifier(hidden=hidden), torch.rand(2, 3, 28, 28)
    widths = [3 * 28 * 28, *hidden, 3]
    assert sum(p.numel() for p in model.parameters()) == sum((a + 1) * b for a, b in itertools.pairwise(widths))
    assert model.features(x).shape == (2, hidden[-1])
    assert torch.equal(model(x), model.head(model.features(x)))


@pytest.mark.parametrize(("shape", "classes", "flat"), [((3, 28, 28), 3, 128), ((1, 96, 96), 2, 128 * 6 * 6)])
def test_the_pooling_classifier_has_the_layers_of_its_table(shape, classes, flat):
    model, x = PoolingClassifier(classes, shape=shape).eval(), torch.rand(2, *shape)
    channels = [shape[0], 16, 32, 64, 128]
    convolutions = sum((9 * a + 1) * b + 2 * b for a, b in itertools.pairwise(channels))  # and BatchNorm's two
    assert sum(p.numel() for p in model.parameters()) == convolutions + (flat + 1) * 1000 + 1001 * classes
    kinds = [type(layer).__name__ for layer in model.body]
    assert kinds == ["Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d"] * 4 + ["Flatten", "Linear", "ReLU"]
    assert model(x).shape == (2, classes)
    assert torch.equal(model(x), model.head(model.features(x)))


def test_a_head_standardises_its_features():
    head, x = FeatureHead("resnet50", 4, 3), torch.randn(200, 4) * torch.tensor([1, 10, 0.1, 3]) + 5
    for _ in range(100):
        head.train()(x)
    scaled = (x - x.mean(0)) / (x.var(0) + head.scaled.eps).sqrt()
    assert (head.eval()(x) - head.head(scaled)).abs().max().item() == pytest.approx(0, abs=5e-3)
    assert not hasattr(head, "classes"), "it takes no pictures, so browsers get no part of it"
