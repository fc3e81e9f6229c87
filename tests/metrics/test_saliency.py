"""Slopes of logits against finite differences, and of a network whose slopes are known."""

import pytest
import torch

from metrics.saliency import logit_gradients
from models.classifier import ConvClassifier


def test_slopes_match_finite_differences():
    torch.manual_seed(0)
    network = ConvClassifier(classes=3, channels=(4, 6), shape=(2, 6, 5)).double()
    network(torch.rand(32, 2, 6, 5, dtype=torch.double))  # BatchNorm has statistics
    network.eval()
    x, step = torch.rand(2, 6, 5, dtype=torch.double), 1e-6
    slopes = logit_gradients(network, x)
    assert slopes.shape == (3, 2, 6, 5)
    with torch.no_grad():
        for place in [(0, 0, 0), (1, 5, 4), (0, 3, 2), (1, 2, 2)]:
            moved = torch.zeros_like(x)
            moved[place] = step
            wanted = (network((x + moved)[None]) - network((x - moved)[None]))[0] / (2 * step)
            assert slopes[(slice(None), *place)].tolist() == pytest.approx(wanted.tolist(), rel=1e-5, abs=1e-8)


def test_slopes_of_a_linear_network_are_its_weights_even_in_inference_mode():
    network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(6, 4))
    with torch.inference_mode():
        slopes = logit_gradients(network, torch.rand(1, 2, 3))
    assert torch.equal(slopes, network[1].weight.view(4, 1, 2, 3))


def test_the_picture_and_the_network_are_not_changed():
    network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(6, 2))
    x = torch.rand(1, 2, 3)
    before = x.clone()
    logit_gradients(network, x)
    assert torch.equal(x, before)
    assert not x.requires_grad
    assert network[1].weight.grad is None


def test_slopes_at_noisy_copies_are_averaged():
    torch.manual_seed(0)
    network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(6, 4), torch.nn.Tanh(), torch.nn.Linear(4, 3))
    x, noise = torch.rand(1, 2, 3), 0.3 * torch.randn(5, 1, 2, 3)
    wanted = torch.stack([logit_gradients(network, x + each) for each in noise]).mean(0)
    assert torch.allclose(logit_gradients(network, x, noise), wanted, atol=1e-6)
    assert torch.allclose(logit_gradients(network, x, torch.zeros(2, 1, 2, 3)), logit_gradients(network, x), atol=1e-6)
