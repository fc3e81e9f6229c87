"""A GAN of points in the plane, small enough to watch: assignment 001, part 2.2.

Several of them train side by side as members of one module (see models/batched.py for the idea), each with its own
random start; a checkpoint holds one.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

SLOPE = 0.2  # of the leaky ReLU below zero


class Layers(nn.Module):
    """Linear layers of `members` networks with leaky ReLU after those in `bent`; initial weights as nn.Linear's."""

    def __init__(self, members, sizes, bent):
        super().__init__()
        self.bent = tuple(bent)
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        for layer, outputs in enumerate(sizes[1:]):
            inputs = sizes[layer]
            bound = 1 / math.sqrt(inputs)
            self.weights.append(nn.Parameter(bound * (2 * torch.rand(members, inputs, outputs) - 1)))
            self.biases.append(nn.Parameter(bound * (2 * torch.rand(members, 1, outputs) - 1)))

    def forward(self, x, first=0, last=None):
        """x (members, N, inputs) -> (members, N, outputs), through the layers first to last − 1."""
        for k in range(len(self.weights))[first:last]:
            x = torch.baddbmm(self.biases[k], x, self.weights[k])
            if self.bent[k]:
                x = F.leaky_relu(x, SLOPE)
        return x


class ToyGAN(nn.Module):
    """Generator: noise, two hidden layers, a point. Discriminator: a point, two hidden layers, two features, a logit.

    The third hidden layer of the discriminator has two numbers and no bend, so that what it makes of the plane can be
    drawn and the border D = ½ is a straight line in it. Both work on standardised points: (x − centre) / scale.
    All tensors of points have the members first, (members, N, 2).
    """

    latent, shape, features = 2, (2,), 2

    def __init__(self, generator=(32, 32), discriminator=(32, 32), members=1):
        super().__init__()
        self.members = members
        self.generator = Layers(members, (self.latent, *generator, 2), (True, True, False))
        self.discriminator = Layers(members, (2, *discriminator, self.features, 1), (True, True, False, False))
        self.register_buffer("centre", torch.zeros(2))
        self.register_buffer("scale", torch.ones(2))

    def generate(self, z):
        """Points in original units from noise z (members, N, latent) ~ N(0, I)."""
        return self.generator(z) * self.scale + self.centre

    def discriminate(self, x):
        """Logits (members, N) of points in original units."""
        return self.discriminator((x - self.centre) / self.scale).squeeze(-1)

    def transformed(self, x):
        """What the discriminator's last hidden layer makes of points in original units: (members, N, 2)."""
        return self.discriminator((x - self.centre) / self.scale, last=-1)
