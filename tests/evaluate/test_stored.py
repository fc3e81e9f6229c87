"""Networks as they run for a request of a visitor."""

import torch

from evaluate import stored


def test_a_network_that_was_loaded_in_inference_mode_has_gradients():
    with torch.inference_mode():
        network = stored.load("mnist_classifier")
    x = torch.zeros(1, 1, 28, 28, requires_grad=True)
    network(x).sum().backward()
    assert x.grad.abs().sum() > 0
