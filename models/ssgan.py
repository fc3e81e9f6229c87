"""A self-supervised GAN: the discriminator also classifies by how much a picture was rotated (Chen et al. 2019).

    logits = model.discriminate(x)     x (N, 1, 28, 28) in [−1, 1]  ->  (N,), real or generated
    logits = model.rotation(x)         the same pictures            ->  (N, 4), rotated by 0°, 90°, 180° or 270°

The blocks are those of ResNets for GANs (Miyato et al. 2018), with nearest upsampling in the generator and spectral
norm in the discriminator. They work at 32×32: MNIST's digits are padded by two black pixels on each side, and
generated pictures are cropped by two, so that all other code uses 28×28.
"""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

from models.gan import GAN
from models.vae import ChannelsLastMaps

EDGE = 2  # pixels added on each side, from 28×28 to 32×32


class UpBlock(nn.Module):
    """Twice the size: BN, ReLU, nearest ×2, conv, BN, ReLU, conv, plus the enlarged input.

    (N, channels, H, W) -> (N, channels, 2H, 2W).
    """

    def __init__(self, channels: int):
        super().__init__()
        self.residual = nn.Sequential(
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.UpsamplingNearest2d(scale_factor=2),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.joined(self.residual(x), x)

    def joined(self, residual: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        """The sum of `residual` (N, channels, 2H, 2W) and the input x (N, channels, H, W), upsampled."""
        return residual + F.interpolate(x, scale_factor=2, mode="nearest")


class DownBlock(nn.Module):
    """ReLU, conv, ReLU, conv, halving the size if `down`, plus a shortcut; spectral norm on every convolution.

    (N, channels, H, W) -> (N, out, H, W), or (N, out, H/2, W/2) if `down`.

    The `first` block gets pixels and starts without a ReLU, which would set negative ones to 0. The shortcut pools and
    has a 1×1 convolution if the block changes size or channels; otherwise it is the identity (Miyato et al. 2018).
    """

    def __init__(self, channels: int, out: int, down: bool = False, first: bool = False):
        super().__init__()
        half = [nn.AvgPool2d(2)] if down else []
        self.residual = nn.Sequential(
            *([] if first else [nn.ReLU()]),
            spectral_norm(nn.Conv2d(channels, out, 3, padding=1)),
            nn.ReLU(),
            spectral_norm(nn.Conv2d(out, out, 3, padding=1)),
            *half,
        )
        changes = down or channels != out
        self.shortcut = nn.Sequential(*half, *([spectral_norm(nn.Conv2d(channels, out, 1))] if changes else []))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.residual(x) + self.shortcut(x)


class RotationDiscriminator(nn.Module):
    """Four blocks, a sum over all pixels, and two linear heads: real or generated, and the quarter turn.

    x (N, 1, 28, 28) in [−1, 1] -> logits (N, 1), real or generated. `angle` maps features to logits of the turns.
    """

    def __init__(self, channels: int):
        super().__init__()
        self.trunk = nn.Sequential(
            DownBlock(1, channels, down=True, first=True),  # 16×16
            DownBlock(channels, channels, down=True),  # 8×8
            DownBlock(channels, channels),
            DownBlock(channels, channels),
            nn.ReLU(),
        )
        self.real = nn.Linear(channels, 1)
        self.angle = nn.Linear(channels, 4)

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """Features (N, channels) of pictures (N, 1, 28, 28) in [−1, 1]."""
        return self.trunk(F.pad(x, (EDGE,) * 4, value=-1.0)).sum((2, 3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.real(self.features(x))


class SSGAN(GAN):
    """width: channels of the generator, twice those of the discriminator."""

    def __init__(self, latent: int = 128, width: int = 256):
        super().__init__(latent, (1, 28, 28))
        self.generator = nn.Sequential(
            nn.Linear(latent, width * 16),
            nn.BatchNorm1d(width * 16),
            ChannelsLastMaps(1, (width, 4, 4)),
            UpBlock(width),  # 8×8
            UpBlock(width),  # 16×16
            UpBlock(width),  # 32×32
            nn.ReLU(),
            nn.Conv2d(width, 1, 3, padding=1),
            nn.Tanh(),
            nn.ZeroPad2d(-EDGE),  # 28×28
        )
        self.discriminator = RotationDiscriminator(width // 2)

    def rotation(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (N, 4) of the rotation by 0°, 90°, 180° or 270° of pictures (N, 1, 28, 28) in [−1, 1]."""
        assert isinstance(self.discriminator, RotationDiscriminator)
        return self.discriminator.angle(self.discriminator.features(x)).float()
