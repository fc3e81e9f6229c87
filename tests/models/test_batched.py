"""The batched perceptron against plain one-network twins: outputs, gradients, updates, initial weights."""

import math

import pytest
import torch

from models.batched import BatchedMLP

SIZES = (2, 7, 5, 1)


@pytest.mark.parametrize("activation", ["tanh", "softplus", "relu"])
def test_outputs_and_input_gradients_match_single_networks(activation):
    net = BatchedMLP(4, SIZES, activation, torch.Generator().manual_seed(0)).double()
    x = torch.randn(4, 9, 2, generator=torch.Generator().manual_seed(1), dtype=torch.double)
    value, gradient = net.value_and_gradient(x)
    assert value.shape == (4, 9)
    assert torch.equal(value, net(x))
    for m in range(4):
        points = x[m].clone().requires_grad_()
        output = net.member(m).double()(points)
        (expected,) = torch.autograd.grad(output.sum(), points)
        assert torch.allclose(value[m], output[:, 0], atol=1e-6)
        assert torch.allclose(gradient[m], expected, atol=1e-6)


def test_the_penalty_gradient_matches_double_backward():
    net = BatchedMLP(3, SIZES, "tanh", torch.Generator().manual_seed(0))
    x = torch.randn(3, 9, 2, generator=torch.Generator().manual_seed(1))
    (net.value_and_gradient(x)[1].norm(dim=2) - 1).square().mean(1).sum().backward()
    for m in range(3):
        twin, points = net.member(m), x[m].clone().requires_grad_()
        (gradient,) = torch.autograd.grad(twin(points).sum(), points, create_graph=True)
        (gradient.norm(dim=1) - 1).square().mean().backward()
        for weight, layer in zip(net.weights, (twin[0], twin[2], twin[4]), strict=True):
            assert torch.allclose(weight.grad[m], layer.weight.grad.T, atol=1e-6)


@pytest.mark.parametrize("optimiser", [torch.optim.SGD, torch.optim.Adam])
def test_a_step_updates_every_member_as_if_it_were_trained_alone(optimiser):
    net = BatchedMLP(3, SIZES, "tanh", torch.Generator().manual_seed(0))
    twins = [net.member(m) for m in range(3)]
    x = torch.randn(3, 9, 2, generator=torch.Generator().manual_seed(1))
    together = optimiser(net.parameters(), 0.01)
    alone = [optimiser(twin.parameters(), 0.01) for twin in twins]
    for _ in range(5):
        together.zero_grad()
        net(x).square().mean(1).sum().backward()
        together.step()
        for m, (twin, steps) in enumerate(zip(twins, alone, strict=True)):
            steps.zero_grad()
            twin(x[m]).square().mean().backward()
            steps.step()
    expected = torch.stack([twin(x[m])[:, 0] for m, twin in enumerate(twins)])
    assert torch.allclose(net(x), expected, atol=1e-5)


def test_members_can_be_selected():
    net = BatchedMLP(5, SIZES, generator=torch.Generator().manual_seed(0))
    x = torch.randn(5, 9, 2, generator=torch.Generator().manual_seed(1))
    chosen = slice(2, 4)
    assert torch.allclose(net(x[chosen], chosen), net(x)[chosen], atol=1e-6)
    gradient = net.value_and_gradient(x[chosen], chosen)[1]
    assert torch.allclose(gradient, net.value_and_gradient(x)[1][chosen], atol=1e-6)


def test_initial_weights_match_a_linear_layer():
    net = BatchedMLP(2000, (4, 8, 1), generator=torch.Generator().manual_seed(0))
    layers = [torch.nn.Linear(4, 8) for _ in range(2000)]
    expected = torch.stack([layer.weight for layer in layers]).std().item()
    assert net.weights[0].std().item() == pytest.approx(expected, rel=0.02)
    assert net.weights[0].std().item() == pytest.approx(0.5 / math.sqrt(3), rel=0.01)
    assert net.biases[0].abs().max().item() == pytest.approx(0.5, abs=1e-3)
    again = BatchedMLP(2000, (4, 8, 1), generator=torch.Generator().manual_seed(0))
    assert torch.equal(net.weights[0], again.weights[0])
