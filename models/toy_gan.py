"""A GAN for points in the plane, small enough to watch while it trains.

Several train at once as members of one module (as in models/batched.py), each with its own initial weights; a
checkpoint holds one.
"""

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import nn

SLOPE = 0.2  # of the leaky ReLU for negative inputs


class Layers(nn.Module):
    """Linear layers of `members` networks with these sizes, initialised as nn.Linear.

    activated: for each layer, whether a leaky ReLU follows.
    """

    def __init__(self, members: int, sizes: Sequence[int], activated: Sequence[bool]):
        super().__init__()
        self.activated = tuple(activated)
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        for layer, outputs in enumerate(sizes[1:]):
            inputs = sizes[layer]
            bound = 1 / math.sqrt(inputs)
            self.weights.append(nn.Parameter(bound * (2 * torch.rand(members, inputs, outputs) - 1)))
            self.biases.append(nn.Parameter(bound * (2 * torch.rand(members, 1, outputs) - 1)))

    def forward(self, x: torch.Tensor, first: int = 0, last: int | None = None) -> torch.Tensor:
        """x (members, N, inputs) -> (members, N, outputs), through the layers first to last − 1."""
        for k in range(len(self.weights))[first:last]:
            x = torch.baddbmm(self.biases[k], x, self.weights[k])
            if self.activated[k]:
                x = F.leaky_relu(x, SLOPE)
        return x


class ToyGAN(nn.Module):
    """Generator: noise, two hidden layers, a point. Discriminator: a point, two hidden layers, two features, a logit.

    The last hidden layer of the discriminator has two features and no activation, so that the transformed plane can be
    drawn; in it, the boundary D = ½ is a straight line. Both networks use standardised points, (x − centre) / scale.
    Tensors of points are (members, N, 2). generator, discriminator: widths of the hidden layers.
    """

    centre: torch.Tensor
    scale: torch.Tensor

    latent, shape, features = 2, (2,), 2

    def __init__(self, generator: Sequence[int] = (32, 32), discriminator: Sequence[int] = (32, 32), members: int = 1):
        super().__init__()
        self.members = members
        self.generator = Layers(members, (self.latent, *generator, 2), (True, True, False))
        self.discriminator = Layers(members, (2, *discriminator, self.features, 1), (True, True, False, False))
        self.register_buffer("centre", torch.zeros(2))
        self.register_buffer("scale", torch.ones(2))

    def generate(self, z: torch.Tensor) -> torch.Tensor:
        """Points (members, N, 2) in original units, from noise z (members, N, latent) ~ N(0, I)."""
        return self.generator(z) * self.scale + self.centre

    def discriminate(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (members, N) of points (members, N, 2) in original units."""
        return self.discriminator((x - self.centre) / self.scale).squeeze(-1)

    def transformed(self, x: torch.Tensor) -> torch.Tensor:
        """The last hidden layer of the discriminator, (members, N, 2), at points (members, N, 2) in original units."""
        return self.discriminator((x - self.centre) / self.scale, last=-1)
