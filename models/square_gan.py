"""A convolutional GAN for square pictures of any kind, grey or in colour, such as a visitor's own."""

from collections.abc import Sequence
from itertools import pairwise

from torch import nn

from models.gan import GAN
from models.square_vae import halvings_of
from models.vae import ChannelsLastMaps


class SquareGAN(GAN):
    """DCGAN (Radford et al. 2015) from 7 or 8 pixels a side up, and down again.

    Each time the side is halved, the channels are doubled. The discriminator has no BatchNorm, so that a gradient
    penalty applies to single pictures. shape: (C, side, side) with a side from models.square_vae.SIDES; raises
    ValueError for any other.
    """

    def __init__(self, shape: Sequence[int] = (1, 28, 28), latent: int = 64, channels: int = 32):
        halvings = halvings_of(shape)
        super().__init__(latent, shape)
        colours, side = shape[:2]
        widths = [channels * 2**k for k in range(halvings)]  # from the picture side inwards
        small, most = side // 2**halvings, widths[-1]
        up: list[nn.Module] = []
        for width, out in pairwise(reversed(widths)):
            up += [nn.ConvTranspose2d(width, out, 4, 2, 1), nn.BatchNorm2d(out), nn.ReLU()]
        up += [nn.ConvTranspose2d(channels, colours, 4, 2, 1), nn.Tanh()]
        self.generator = nn.Sequential(
            nn.Linear(latent, most * small**2),
            ChannelsLastMaps(1, (most, small, small)),
            nn.BatchNorm2d(most),
            nn.ReLU(),
            *up,
        )
        down: list[nn.Module] = []
        for width, out in pairwise([colours, *widths]):
            down += [nn.Conv2d(width, out, 4, 2, 1), nn.LeakyReLU(0.2)]
        self.discriminator = nn.Sequential(*down, nn.Flatten(), nn.Linear(most * small**2, 1))
