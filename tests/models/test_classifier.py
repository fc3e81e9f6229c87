"""Shapes of the classifiers' features and logits."""

import torch

from models.classifier import ConvClassifier, SpriteClassifier


def test_sprite_classifier_reads_four_factors_from_one_layer():
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
