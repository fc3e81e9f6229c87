"""Many small networks trained at once, by batched matrix products instead of a loop over modules."""

import math
from collections.abc import Sequence
from typing import Literal

import torch
from torch import nn

Activation = Literal["tanh", "softplus", "relu"]
# activation -> (the function, its derivative in terms of its output h, so that nothing is computed twice)
ACTIVATIONS = {
    "tanh": (torch.tanh, lambda h: 1 - h * h),
    "softplus": (nn.functional.softplus, lambda h: 1 - torch.exp(-h)),
    "relu": (torch.relu, lambda h: (h > 0).to(h.dtype)),
}
MODULES: dict[Activation, type[nn.Module]] = {"tanh": nn.Tanh, "softplus": nn.Softplus, "relu": nn.ReLU}


class BatchedMLP(nn.Module):
    """`members` independent perceptrons of the same layer sizes (inputs, hidden …, 1), each with a scalar output.

    A sum of losses over the members gives every member its own gradient, and an optimiser that works elementwise (SGD,
    Adam) updates each as if it were alone. Initial weights are those of nn.Linear: uniform in ±1/√inputs, drawn from
    `generator` (default: torch's own).
    """

    def __init__(
        self,
        members: int,
        sizes: Sequence[int],
        activation: Activation = "tanh",
        generator: torch.Generator | None = None,
    ):
        super().__init__()
        self.activation: Activation = activation
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        for layer, outputs in enumerate(sizes[1:]):
            inputs = sizes[layer]
            bound = 1 / math.sqrt(inputs)
            for parameters, rows in ((self.weights, inputs), (self.biases, 1)):
                uniform = torch.rand(members, rows, outputs, generator=generator)
                parameters.append(nn.Parameter((2 * uniform - 1) * bound))

    def forward(self, x: torch.Tensor, members: slice = slice(None)) -> torch.Tensor:
        """x (members, N, inputs) -> (members, N). members: the members to run, for which x holds the inputs."""
        return self._layers(x, members)[-1].squeeze(-1)

    def value_and_gradient(self, x: torch.Tensor, members: slice = slice(None)) -> tuple[torch.Tensor, torch.Tensor]:
        """Outputs (members, N) and their gradients in the input (members, N, inputs), differentiable in the weights.

        The chain rule is written out, so that a gradient penalty needs one backward pass and no double backward.
        """
        *hidden, value = self._layers(x, members)
        slope = ACTIVATIONS[self.activation][1]
        gradient = self.weights[-1][members].mT  # (members, 1, hidden), broadcast over the N inputs
        for h, weight in zip(reversed(hidden), reversed(self.weights[:-1]), strict=True):
            gradient = (gradient * slope(h)) @ weight[members].mT
        return value.squeeze(-1), gradient.expand(x.shape)

    def member(self, index: int) -> nn.Sequential:
        """A copy of one member as standard torch layers: (N, inputs) -> (N, 1)."""
        layers = []
        for weight, bias in zip(self.weights, self.biases, strict=True):
            linear = nn.Linear(*weight.shape[1:])
            linear.weight.data.copy_(weight[index].T)
            linear.bias.data.copy_(bias[index, 0])
            layers += [linear, MODULES[self.activation]()]
        return nn.Sequential(*layers[:-1])

    def _layers(self, x: torch.Tensor, members: slice) -> list[torch.Tensor]:
        """Outputs of all layers, the hidden ones after their activation: (members, N, size) each."""
        activate, outputs = ACTIVATIONS[self.activation][0], []
        for weight, bias in zip(self.weights, self.biases, strict=True):
            if outputs:
                x = outputs[-1] = activate(outputs[-1])
            outputs.append(torch.baddbmm(bias[members], x, weight[members]))
        return outputs
