"""A flow on the codes of a VAE, with the VAE's decoder: a second stage for codes that do not fill their prior.

    pictures = model.picture(z)      z (N, latent) ~ N(0, I)   ->  (N, C, H, W) in [0, 1]
    picture  = model.sketch(z)       the same in fewer steps, while somebody drags

The flow turns noise into a standardised code, and the decoder turns the code into a picture (Dai & Wipf 2019,
section 4, with a second VAE; Vahdat et al. 2021 with diffusion).
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.flow import SKETCH, STEPS, Flow, sinusoid_frequencies, sinusoids
from models.vae import StridedConvVAE


class Residual(nn.Module):
    """x + linear(SiLU(norm(x), scaled and shifted by the condition)): x (N, width), condition (N, condition)."""

    def __init__(self, width: int, condition: int, dropout: float):
        super().__init__()
        self.norm, self.modulation = nn.LayerNorm(width), nn.Linear(condition, 2 * width)
        self.activation, self.dropout, self.linear = nn.SiLU(), nn.Dropout(dropout), nn.Linear(width, width)
        for start in self.linear.parameters():
            nn.init.zeros_(start)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift = self.modulation(condition).chunk(2, 1)
        return x + self.linear(self.dropout(self.activation(self.norm(x) * (1 + scale) + shift)))


class ResidualFlow(Flow):
    """The velocity of codes (N, D), by residual layers of equal width, scaled and shifted by time and class.

    moves: in how many ways pictures are shifted before encoding, as augmentation on which the network is conditioned,
    so that samples come without it (Karras et al. 2022, section 5). 0 for training without it.
    """

    frequencies: Tensor

    def __init__(
        self,
        shape: Sequence[int] = (128,),
        classes: int = 10,
        width: int = 1024,
        layers: int = 4,
        dropout: float = 0.0,
        condition: int = 128,
        moves: int = 0,
    ):
        super().__init__(shape, classes)
        self.register_buffer("frequencies", sinusoid_frequencies(32), persistent=False)
        self.time = nn.Sequential(nn.Linear(32, condition), nn.SiLU(), nn.Linear(condition, condition))
        self.label = nn.Embedding(classes + 1, condition)
        self.move = nn.Embedding.from_pretrained(torch.zeros(moves, condition), freeze=False) if moves else None
        self.stem = nn.Linear(self.latent, width)
        self.layers = nn.ModuleList([Residual(width, condition, dropout) for _ in range(layers)])
        self.head = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, self.latent))
        for start in self.head[-1].parameters():
            nn.init.zeros_(start)

    def velocity(self, x: Tensor, t: Tensor, label: Tensor, move: Tensor | None = None) -> Tensor:
        """As in any flow. move (N,): which shift the picture of every code had, 0 (also the default) for none."""
        condition = self.time(sinusoids(t, self.frequencies)) + self.label(label)
        if self.move is not None:
            condition = condition + (self.move.weight[0] if move is None else self.move(move))
        condition = F.silu(condition)
        hidden = self.stem(x)
        for layer in self.layers:
            hidden = layer(hidden, condition)
        return self.head(hidden)


class LatentFlow(nn.Module):
    """A ResidualFlow on standardised codes of a StridedConvVAE, and the decoder of that VAE, whose weights it holds.

    So its checkpoint is complete without the VAE's. arguments: those of ResidualFlow.
    """

    half_precision = True
    centre: Tensor
    scale: Tensor

    def __init__(self, latent: int = 128, **arguments):
        super().__init__()
        first = StridedConvVAE(latent)
        self.flow, self.decoder = ResidualFlow((latent,), **arguments), first.decoder.requires_grad_(False)
        self.latent, self.shape, self.classes = latent, first.shape, self.flow.classes
        self.register_buffer("centre", torch.zeros(latent))
        self.register_buffer("scale", torch.ones(latent))

    @property
    def limit(self) -> float | None:
        """The flow's limit."""
        return self.flow.limit

    def train(self, mode: bool = True) -> "LatentFlow":
        """As in any module, but the decoder stays in eval mode, to keep the statistics of its BatchNorm."""
        super().train(mode)
        self.decoder.eval()
        return self

    def standardised(self, codes: Tensor) -> Tensor:
        """The VAE's codes (N, latent) standardised as for the flow: mean 0 and deviation 1 in each coordinate."""
        return (codes - self.centre) / self.scale

    def picture(self, z: Tensor, label: Tensor | None = None, guidance: float = 1.0, *, steps: int = STEPS) -> Tensor:
        """Pictures (N, C, H, W) in [0, 1] of noise z (N, latent), of any class unless a label (N,) is given.

        Raises ValueError as Flow.generate does.
        """
        codes = self.flow.generate(z, label, guidance, steps)
        return self.decoder(codes * self.scale + self.centre).float().clamp(0, 1)

    def sketch(self, z: Tensor) -> Tensor:
        """Nearly the same pictures (N, C, H, W) in [0, 1] of noise (N, latent), in SKETCH steps."""
        return self.picture(z, steps=SKETCH)
