"""A convolutional VAE for square pictures of any kind, grey or in colour, such as a visitor's own."""

from collections.abc import Sequence

import torch
from torch import nn

from models.vae import VAE, ChannelsLastMaps

SIDES = {28: 2, 32: 2, 64: 3}  # side in pixels: how many times the encoder halves it


def halvings_of(shape: Sequence[int]) -> int:
    """How many times the side of pictures (C, side, side) is halved; raises ValueError for shapes that do not fit."""
    if tuple(shape[1:]) not in {(side, side) for side in SIDES} or shape[0] not in (1, 3):
        raise ValueError(f"Pictures of {tuple(shape)} do not fit; sides are {', '.join(map(str, SIDES))} pixels.")
    return SIDES[shape[1]]


class SquareVAE(VAE):
    """Strided convolutions down to 7 or 8 pixels a side, mirrored; p(x|z) = N(sigmoid(decoder(z)), variance).

    shape: (C, side, side) with a side from SIDES; raises ValueError for any other. normed: whether BatchNorm follows
    every convolution except the last. Without it, and with shape (1, 28, 28), layers and their names are those of
    models.vae.ConvVAE, so that it can start from such weights: the sigmoid of a Bernoulli's logits is its mean.
    """

    def __init__(
        self,
        shape: Sequence[int] = (1, 28, 28),
        latent: int = 16,
        channels: int = 16,
        hidden: int = 256,
        variance: float = 0.01,
        normed: bool = False,
    ):
        halvings = halvings_of(shape)
        super().__init__(latent, shape, variance)
        colours, side = shape[:2]
        small = side // 2**halvings

        def then(channels: int) -> list[nn.Module]:
            return [nn.BatchNorm2d(channels), nn.ReLU()] if normed else [nn.ReLU()]

        down: list[nn.Module] = []
        for k in range(halvings):
            down += [nn.Conv2d(colours if k == 0 else channels, channels, 4, 2, 1), *then(channels)]
        up: list[nn.Module] = []
        for _ in range(halvings - 1):
            up += [nn.ConvTranspose2d(channels, channels, 4, 2, 1), *then(channels)]
        self.encoder = nn.Sequential(
            *down,
            nn.Flatten(),
            nn.Linear(channels * small**2, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 2 * latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent, hidden),
            nn.ReLU(),
            nn.Linear(hidden, channels * small**2),
            nn.ReLU(),
            ChannelsLastMaps(1, (channels, small, small)),
            *up,
            nn.ConvTranspose2d(channels, colours, 4, 2, 1),
        )

    def decode(self, z: torch.Tensor) -> torch.Tensor:
        """Means of p(x|z) in [0, 1]: codes (N, latent) -> (N, C, H, W)."""
        return super().decode(z).sigmoid()
