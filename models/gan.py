"""Generative adversarial networks: one base, and one class for each pair of generator and discriminator.

Every class has the same methods, so that training, metrics and pages need not know which one they use:

    pictures = model.generate(z)       z (N, latent)             ->  (N, C, H, W) in [−1, 1]
    logits   = model.discriminate(x)   x (N, C, H, W) in [−1, 1] ->  (N,): D before the sigmoid, or the critic
    picture  = model.picture(z)        generate(z) mapped to [0, 1]

No discriminator ends in a sigmoid: the losses in models/adversarial.py take logits.
"""

from collections.abc import Sequence

import torch
from torch import nn


class GAN(nn.Module):
    """z ~ N(0, I), the game of Goodfellow et al. 2014. latent: dimensions of z. shape: (C, H, W).

    A subclass sets `generator` (codes to pictures in [−1, 1]) and `discriminator` (pictures to one number).
    """

    generator: nn.Module
    discriminator: nn.Module

    def __init__(self, latent: int, shape: Sequence[int]):
        super().__init__()
        self.latent, self.shape = latent, tuple(shape)

    def generate(self, z: torch.Tensor) -> torch.Tensor:
        """Pictures (N, C, H, W) in [−1, 1] of codes (N, latent), float32."""
        return self.generator(z).float()  # bfloat16 in a training under autocast

    def discriminate(self, x: torch.Tensor) -> torch.Tensor:
        """Logits of D, or values of the critic, (N,) float32, of pictures (N, C, H, W) in [−1, 1]."""
        return self.discriminator(x).float().flatten()

    def picture(self, z: torch.Tensor) -> torch.Tensor:
        """Pictures (N, C, H, W) in [0, 1] of codes (N, latent)."""
        return self.generate(z) * 0.5 + 0.5

    def sketch(self, z: torch.Tensor) -> torch.Tensor:
        """Quick pictures (N, C, H, W) of codes (N, latent) while somebody drags: one pass, so the same as `picture`."""
        return self.picture(z)


class MLPGAN(GAN):
    """Four linear layers with LeakyReLU on each side: `widths` in the generator, in reverse in the discriminator."""

    def __init__(
        self,
        latent: int = 128,
        shape: Sequence[int] = (1, 28, 28),
        widths: Sequence[int] = (256, 512, 1024),
        dropout: float = 0.3,
    ):
        super().__init__(latent, shape)
        pixels = shape[0] * shape[1] * shape[2]
        layers, width = [], latent
        for out in widths:
            layers += [nn.Linear(width, out), nn.LeakyReLU(0.2)]
            width = out
        self.generator = nn.Sequential(*layers, nn.Linear(width, pixels), nn.Tanh(), nn.Unflatten(1, self.shape))
        layers, width = [nn.Flatten()], pixels
        for out in reversed(widths):
            layers += [nn.Linear(width, out), nn.LeakyReLU(0.2), nn.Dropout(dropout)]
            width = out
        self.discriminator = nn.Sequential(*layers, nn.Linear(width, 1))


class DCGAN(GAN):
    """DCGAN for 32×32 RGB (Radford et al. 2015): transposed convolutions up, strided ones down, BatchNorm."""

    def __init__(self, latent: int = 100, channels: int = 32):
        super().__init__(latent, (3, 32, 32))

        def up(width: int, out: int, stride: int = 2, padding: int = 1) -> tuple[nn.Module, ...]:
            return nn.ConvTranspose2d(width, out, 4, stride, padding, bias=False), nn.BatchNorm2d(out), nn.ReLU()

        def down(width: int, out: int) -> tuple[nn.Module, ...]:
            return nn.Conv2d(width, out, 4, 2, 1, bias=False), nn.BatchNorm2d(out), nn.LeakyReLU(0.2)

        self.generator = nn.Sequential(
            nn.Unflatten(1, (latent, 1, 1)),
            *up(latent, 4 * channels, 1, 0),  # 4×4
            *up(4 * channels, 2 * channels),  # 8×8
            *up(2 * channels, channels),  # 16×16
            nn.ConvTranspose2d(channels, 3, 4, 2, 1, bias=False),  # 32×32
            nn.Tanh(),
        )
        self.discriminator = nn.Sequential(
            *down(3, channels),  # 16×16
            *down(channels, 2 * channels),  # 8×8
            *down(2 * channels, 4 * channels),  # 4×4
            nn.Conv2d(4 * channels, 1, 4, 1, 0, bias=False),  # 1×1
        )


class PixelShuffleGAN(GAN):
    """A generator for 28×28 that upsamples twice by pixel shuffle, channels to pixels (Shi et al. 2016)."""

    def __init__(self, latent: int = 64):
        super().__init__(latent, (1, 28, 28))
        self.generator = nn.Sequential(
            nn.Linear(latent, 512),
            nn.BatchNorm1d(512),
            nn.ReLU(),
            nn.Linear(512, 64 * 49),
            nn.BatchNorm1d(64 * 49),
            nn.ReLU(),
            nn.Unflatten(1, (64, 7, 7)),
            nn.PixelShuffle(2),  # 16×14×14
            nn.Conv2d(16, 32, 3, padding=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.PixelShuffle(2),  # 8×28×28
            nn.Conv2d(8, 1, 3, padding=1),
            nn.Tanh(),
        )
        self.discriminator = nn.Sequential(
            nn.Conv2d(1, 32, 4, 2, 1),  # 14×14
            nn.ReLU(),
            nn.Conv2d(32, 64, 4, 2, 1),  # 7×7
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(64 * 49, 512),
            nn.ReLU(),
            nn.Linear(512, 1),
        )
