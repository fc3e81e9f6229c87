"""Samples of a model that decodes codes z ~ N(0, I), and their layout in a grid."""

import itertools
import statistics
from collections.abc import Iterable
from typing import Any

import torch

from evaluate.features import device_of
from models.flow import Flow
from models.gan import GAN
from models.latent_flow import LatentFlow
from models.vae import VAE

BATCH = 500
Generator = VAE | GAN | Flow | LatentFlow
SEEDS = (1, 2, 3, 4, 5)  # each distance of samples is measured with all of them
MEAN = f"mean of {len(SEEDS)} seeds of the samples"  # part of the protocol of such a distance


@torch.no_grad()
def pictures(model: Generator, n: int, seed: int = 0) -> torch.Tensor:
    """n pictures of a VAE, a GAN or a flow as uint8 (n, C, H, W), from noise of a CPU generator with this seed."""
    noise = torch.randn(n, model.latent, generator=torch.Generator().manual_seed(seed))
    return decoded(model, noise)


@torch.no_grad()
def of_each_class(model: Flow | LatentFlow, n: int, seed: int = 0, guidance: float = 1.0, **way: Any) -> torch.Tensor:
    """n pictures of a flow as uint8 (n, C, H, W) from the same noise, with its classes, if any, in turn.

    way: solver and steps, if not the model's defaults.
    """
    noise = torch.randn(n, model.latent, generator=torch.Generator().manual_seed(seed))
    device = device_of(model)
    labels = (torch.arange(n) % model.classes).to(device).split(BATCH) if model.classes else itertools.repeat(None)
    parts = zip(noise.split(BATCH), labels, strict=False)
    return torch.cat([to_bytes(model.picture(z.to(device), y, guidance, **way)).cpu() for z, y in parts])


def over_seeds(key: str, distances: Iterable[float]) -> tuple[dict[str, float], dict[str, str]]:
    """(metrics, protocol) of a distance measured with samples of every seed: its mean under `key`, its standard
    deviation under `key`_spread. Raises statistics.StatisticsError for fewer than 2 seeds."""
    values = tuple(distances)
    spread = f"{key}_spread"
    return (
        {key: statistics.mean(values), spread: statistics.stdev(values)},
        {spread: f"standard deviation over {len(values)} seeds of the samples"},
    )


def thousands(n: int) -> str:
    """A number of samples as in the names of figures: "10k", or "3671" if it is not a round number."""
    return f"{n // 1000}k" if n % 1000 == 0 else str(n)


@torch.no_grad()
def decoded(model: Generator, codes: torch.Tensor) -> torch.Tensor:
    """Pictures of codes (N, latent) as uint8 (N, C, H, W), on the CPU."""
    device = device_of(model)
    return torch.cat([to_bytes(model.picture(z.to(device))).cpu() for z in codes.float().split(BATCH)])


def to_bytes(pictures: torch.Tensor) -> torch.Tensor:
    """Floats in [0, 1], of any shape, to the nearest grey level, uint8."""
    return pictures.mul(255).round().to(torch.uint8)


def grid(tiles: torch.Tensor, rows: int) -> torch.Tensor:
    """Pictures (rows·columns, C, H, W) side by side, row by row: (rows·H, columns·W, C)."""
    return tiles.unflatten(0, (rows, -1)).permute(0, 3, 1, 4, 2).flatten(0, 1).flatten(1, 2)
