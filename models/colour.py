"""A VAE and a GAN with the same generator, for 32×32 RGB pictures of street numbers, from SVHN or synthetic.

Both decode 100 numbers with the same layers (after DCGAN, Radford et al. 2015), so that their pictures differ only by
the objective.
"""

import torch
from torch import nn

from models.gan import GAN
from models.vae import VAE, ChannelsLastMaps

SHAPE = (3, 32, 32)


def generator(latent: int, channels: int) -> nn.Sequential:
    """Codes (N, latent) -> pictures (N, 3, 32, 32) in [−1, 1]: a linear layer and three transposed convolutions."""
    return nn.Sequential(
        nn.Linear(latent, 4 * channels * 16),
        ChannelsLastMaps(1, (4 * channels, 4, 4)),
        nn.BatchNorm2d(4 * channels),
        nn.ReLU(),
        nn.ConvTranspose2d(4 * channels, 2 * channels, 4, 2, 1),  # 8×8
        nn.BatchNorm2d(2 * channels),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * channels, channels, 4, 2, 1),  # 16×16
        nn.BatchNorm2d(channels),
        nn.ReLU(),
        nn.ConvTranspose2d(channels, 3, 4, 2, 1),  # 32×32
        nn.Tanh(),
    )


def strided_convolutions(channels: int, out: int) -> nn.Sequential:
    """Pictures (N, 3, 32, 32) -> (N, out): three strided convolutions and a linear layer, no BatchNorm.

    A gradient penalty needs the critic's gradient at one picture, which BatchNorm would mix with the others' (Gulrajani
    et al. 2017, section 4).
    """
    return nn.Sequential(
        nn.Conv2d(3, channels, 4, 2, 1),  # 16×16
        nn.LeakyReLU(0.2),
        nn.Conv2d(channels, 2 * channels, 4, 2, 1),  # 8×8
        nn.LeakyReLU(0.2),
        nn.Conv2d(2 * channels, 4 * channels, 4, 2, 1),  # 4×4
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(4 * channels * 16, out),
    )


class ColourVAE(VAE):
    """p(x|z) = N(generator(z), I) for pixels in [−1, 1], which is a variance of ¼ for pixels in [0, 1]."""

    def __init__(self, latent: int = 100, channels: int = 32, variance: float = 0.25):
        super().__init__(latent, SHAPE, variance)
        self.encoder = strided_convolutions(channels, 2 * latent)
        self.decoder = generator(latent, channels)

    def decode(self, z: torch.Tensor) -> torch.Tensor:
        """Means of p(x|z) in [0, 1]: codes (N, latent) -> (N, 3, 32, 32)."""
        return super().decode(z) * 0.5 + 0.5


class ColourGAN(GAN):
    """The same generator against a critic that has the encoder's layers and one output."""

    def __init__(self, latent: int = 100, channels: int = 32):
        super().__init__(latent, SHAPE)
        self.generator = generator(latent, channels)
        self.discriminator = strided_convolutions(channels, 1)
