"""Variational autoencoders: one base, and one class for each pair of encoder and decoder.

Every class has the same methods, so that training, metrics and pages need not know which one they use:

    mean, log_var = model.encode(x)     x (N, C, H, W) in [0, 1]  ->  two (N, latent)
    parameters    = model.decode(z)     z (N, latent)             ->  (N, C, H, W), logits or means of p(x|z)
    picture       = model.picture(z)    the mean of p(x|z), clamped to [0, 1]
    nats          = model.log_likelihood(x, z)                    ->  (N,)
"""

from collections.abc import Sequence

import torch
from torch import nn

from models.probability import bernoulli_log_prob, gaussian_log_prob, kl_to_standard_normal, reparameterise


class VAE(nn.Module):
    """q(z|x) = N(mean, diag σ²), p(z) = N(0, I), and p(x|z) Bernoulli or Gaussian (Kingma & Welling 2013).

    latent: dimensions of z. shape: (C, H, W). variance: None for a Bernoulli p(x|z), otherwise the fixed variance
    of a Gaussian one. A subclass sets `encoder` (pictures to 2·latent numbers: mean, then log variance) and `decoder`.
    """

    encoder: nn.Module
    decoder: nn.Module

    def __init__(self, latent: int, shape: Sequence[int], variance: float | None = None):
        super().__init__()
        self.latent, self.shape, self.variance = latent, tuple(shape), variance

    def encode(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and log variance, each (N, latent) float32, of q(z|x) for pictures (N, C, H, W) in [0, 1]."""
        mean, log_var = self.encoder(x).float().chunk(2, dim=1)  # bfloat16 in a training under autocast
        return mean, log_var

    def code(self, x: torch.Tensor) -> torch.Tensor:
        """The mean (N, latent) of q(z|x) for pictures (N, C, H, W) in [0, 1]: where one code represents a picture."""
        return self.encode(x)[0]

    def decode(self, z: torch.Tensor) -> torch.Tensor:
        """Logits (Bernoulli) or means (Gaussian) of p(x|z), (N, C, H, W) float32, for codes (N, latent)."""
        return self.decoder(z).float()

    def picture(self, z: torch.Tensor) -> torch.Tensor:
        """The mean of p(x|z), (N, C, H, W) clamped to [0, 1], for codes (N, latent)."""
        parameters = self.decode(z)
        return parameters.sigmoid() if self.variance is None else parameters.clamp(0.0, 1.0)

    def sketch(self, z: torch.Tensor) -> torch.Tensor:
        """Quick pictures (N, C, H, W) of codes (N, latent) while somebody drags: one pass, so the same as `picture`."""
        return self.picture(z)

    def log_likelihood(self, x: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        """log p(x|z) in nats, (N,), of pictures (N, C, H, W) in [0, 1] for codes (N, latent)."""
        parameters = self.decode(z)
        if self.variance is None:
            return bernoulli_log_prob(parameters, x)
        return gaussian_log_prob(parameters, x, self.variance)

    def shown_log_likelihood(self, x: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        """log p(x|z) in nats, (N,), with the mean that `picture` shows: that of a Gaussian is clamped to [0, 1].

        It is the one that a browser can compute. For a Bernoulli p(x|z) it equals `log_likelihood`.
        """
        if self.variance is None:
            return self.log_likelihood(x, z)
        return gaussian_log_prob(self.picture(z), x, self.variance)


class MLPVAE(VAE):
    """One hidden layer on each side; by default 784→200→20 and 20→200→784."""

    def __init__(
        self,
        latent: int = 20,
        hidden: int = 200,
        shape: Sequence[int] = (1, 28, 28),
        variance: float | None = None,
    ):
        super().__init__(latent, shape, variance)
        pixels = shape[0] * shape[1] * shape[2]
        self.encoder = nn.Sequential(
            nn.Flatten(),
            nn.Linear(pixels, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 2 * latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent, hidden),
            nn.ReLU(),
            nn.Linear(hidden, pixels),
            nn.Unflatten(1, self.shape),
        )


class ConvVAE(VAE):
    """Two strided convolutions, mirrored, for 28×28: the smallest network whose interpolations stay digits."""

    def __init__(self, latent: int = 16, channels: int = 32, hidden: int = 256, variance: float | None = None):
        super().__init__(latent, (1, 28, 28), variance)
        self.encoder = nn.Sequential(
            nn.Conv2d(1, channels, 4, 2, 1),  # 14×14
            nn.ReLU(),
            nn.Conv2d(channels, channels, 4, 2, 1),  # 7×7
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(channels * 49, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 2 * latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent, hidden),
            nn.ReLU(),
            nn.Linear(hidden, channels * 49),
            nn.ReLU(),
            nn.Unflatten(1, (channels, 7, 7)),
            nn.ConvTranspose2d(channels, channels, 4, 2, 1),  # 14×14
            nn.ReLU(),
            nn.ConvTranspose2d(channels, 1, 4, 2, 1),  # 28×28
        )


class StridedConvVAE(VAE):
    """Three strided convolutions to 3×3, mirrored, for 28×28 pictures; a Gaussian p(x|z) of small variance.

    The last two transposed convolutions need output_padding 1 to reach 14 and 28 pixels.
    """

    def __init__(self, latent: int = 128, variance: float = 1e-4):
        super().__init__(latent, (1, 28, 28), variance)
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 8, 3, 2, 1),  # 14×14
            nn.ReLU(),
            nn.Conv2d(8, 16, 3, 2, 1),  # 7×7
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.Conv2d(16, 32, 3, 2, 0),  # 3×3
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(288, 128),
            nn.ReLU(),
            nn.Linear(128, 2 * latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent, 128),
            nn.ReLU(),
            nn.Linear(128, 288),
            nn.ReLU(),
            nn.Unflatten(1, (32, 3, 3)),
            nn.ConvTranspose2d(32, 16, 3, 2, 0),  # 7×7
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.ConvTranspose2d(16, 8, 3, 2, 1, output_padding=1),  # 14×14
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.ConvTranspose2d(8, 1, 3, 2, 1, output_padding=1),  # 28×28
        )


class ChannelsLastMaps(nn.Unflatten):
    """Unflatten (N, C·H·W) to maps (N, C, H, W) in channels-last memory format, with which the convolutions that
    follow are 2.5 times as fast on a CPU."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        return super().forward(input).contiguous(memory_format=torch.channels_last)


class TiedLinear(nn.Module):
    """A linear layer from `inputs` to channels·pixels numbers with one bias for each channel.

    Equals a convolution whose input is one pixel: (N, inputs) -> (N, channels·pixels). Initialised like nn.Linear.
    """

    def __init__(self, inputs: int, channels: int, pixels: int):
        super().__init__()
        start = nn.Linear(inputs, channels * pixels)
        self.weight, self.pixels = start.weight, pixels
        self.bias = nn.Parameter(start.bias.detach()[:channels].clone())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.linear(x, self.weight, self.bias.repeat_interleave(self.pixels))


class PooledConvVAE(VAE):
    """Convolutions with ELU, average pooling and bilinear upsampling, for binarised MNIST.

    Two convolutions are written as linear layers, with half the work: the 5×5 one on a 5×5 map, which has one output
    pixel, and the 5×5 one with padding 4 on a 1×1 map, which has one input pixel. As a convolution, the second has one
    bias for each channel, as a linear layer one for each of 1,600 numbers. tied: one for each channel, so that the
    network is exactly the convolutional one; otherwise it has 1,536 more parameters.
    """

    def __init__(self, latent: int = 100, tied: bool = False):
        super().__init__(latent, (1, 28, 28))
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 32, 3),  # 26×26
            nn.ELU(),
            nn.AvgPool2d(2),  # 13×13
            nn.Conv2d(32, 64, 3),  # 11×11
            nn.ELU(),
            nn.AvgPool2d(2),  # 5×5
            nn.Flatten(),
            nn.Linear(64 * 25, 256),  # Conv2d(64, 256, 5)
            nn.ELU(),
            nn.Linear(256, 2 * latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent, 256),
            nn.ELU(),
            TiedLinear(256, 64, 25) if tied else nn.Linear(256, 64 * 25),  # Conv2d(256, 64, 5, padding=4)
            nn.ELU(),
            ChannelsLastMaps(1, (64, 5, 5)),
            nn.UpsamplingBilinear2d(scale_factor=2),  # 10×10
            nn.Conv2d(64, 32, 3, padding=2),  # 12×12
            nn.ELU(),
            nn.UpsamplingBilinear2d(scale_factor=2),  # 24×24
            nn.Conv2d(32, 16, 3, padding=2),  # 26×26
            nn.ELU(),
            nn.Conv2d(16, 1, 3, padding=2),  # 28×28
        )


class SpriteVAE(VAE):
    """The dSprites network of ControlVAE (Shao et al. 2020, table 6): 64×64 down to a vector of 256 numbers and back.

    The paper's two linear layers 256→latent, for mean and log variance, are one layer here. As in the authors' code,
    weights of linear layers and convolutions start Kaiming-normal, those of transposed convolutions as in torch, and
    biases at 0.
    """

    def __init__(self, latent: int = 10):
        super().__init__(latent, (1, 64, 64))
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 32, 4, 2, 1),  # 32×32
            nn.ReLU(),
            nn.Conv2d(32, 32, 4, 2, 1),  # 16×16
            nn.ReLU(),
            nn.Conv2d(32, 64, 4, 2, 1),  # 8×8
            nn.ReLU(),
            nn.Conv2d(64, 64, 4, 2, 1),  # 4×4
            nn.ReLU(),
            nn.Conv2d(64, 256, 4, 1, 0),  # 1×1
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(256, 2 * latent),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent, 256),
            nn.ReLU(),
            ChannelsLastMaps(1, (256, 1, 1)),
            nn.ConvTranspose2d(256, 64, 4, 1, 0),  # 4×4
            nn.ReLU(),
            nn.ConvTranspose2d(64, 64, 4, 2, 1),  # 8×8
            nn.ReLU(),
            nn.ConvTranspose2d(64, 32, 4, 2, 1),  # 16×16
            nn.ReLU(),
            nn.ConvTranspose2d(32, 32, 4, 2, 1),  # 32×32
            nn.ReLU(),
            nn.ConvTranspose2d(32, 1, 4, 2, 1),  # 64×64
        )
        for layer in self.modules():
            if isinstance(layer, nn.Linear | nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            if isinstance(layer, nn.Linear | nn.Conv2d | nn.ConvTranspose2d) and layer.bias is not None:
                nn.init.zeros_(layer.bias)


def elbo_terms(model: VAE, x: torch.Tensor, noise: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The two terms of the evidence lower bound at one z per image, both in nats per image.

    ELBO = E_q log p(x|z) − KL(q(z|x) ‖ p(z)) (Kingma & Welling 2013, equation 3); noise (N, latent) ~ N(0, I).
    Returns log p(x|z) as (N,) and the KL of every dimension as (N, latent).
    """
    mean, log_var = model.encode(x)
    z = reparameterise(mean, log_var, noise)
    return model.log_likelihood(x, z), kl_to_standard_normal(mean, log_var)


@torch.no_grad()
def reconstruct(model: VAE, x: torch.Tensor) -> torch.Tensor:
    """Reconstructions (N, C, H, W) in [0, 1] of pictures x of the same shape, from the posterior mean."""
    return model.picture(model.code(x))
