"""Flow matching on the codes of a stored VAE, the second stage of its samples."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import torch
from torch import Tensor

import checkpoints
from data.splits import Split, Splits
from evaluate.features import device_of
from models.latent_flow import LatentFlow
from models.probability import reparameterise
from models.vae import VAE
from train import parallel
from train.augment import by_a_pixel
from train.averaging import Average
from train.flow_matching import FlowRecipe, velocity_error
from train.monitor import Monitor
from train.objectives import Objective, minimise
from train.recipe import LATER

BATCH = 1000  # pictures encoded at once


@dataclass(frozen=True)
class LatentFlowRecipe(FlowRecipe):
    """vae: name of the stored VAE whose codes are learned. interval: steps per epoch, since there are few pictures."""

    vae: str = field(default="kmnist_vae", metadata=LATER)
    interval: int = field(default=500, metadata=LATER)

    def foundations(self) -> dict[str, str]:
        return super().foundations() | {self.vae: checkpoints.read(self.vae).sha256}

    def steps_per_epoch(self, images: int) -> int:
        return self.interval


@torch.no_grad()
def posteriors(vae: VAE, split: Split) -> tuple[Tensor, Tensor]:
    """Mean and log variance, each (N, latent), of q(z|x) for all pictures of a Split, on the VAE's device."""
    device = device_of(vae)
    encoded = [vae.encode(x.to(device)) for x in split.floats().split(BATCH)]
    means, log_vars = (torch.cat(part) for part in zip(*encoded, strict=True))
    return means, log_vars


def latent_flow_matching(model: LatentFlow, recipe: LatentFlowRecipe, steps: int) -> Objective:
    """Squared error of the velocity along straight lines from noise to codes z ~ q(z|x), mean over dimensions.

    Every step draws new codes. The decoder is that of the stored VAE, and the standardisation of codes that of the
    recipe's train pictures, both from the start. A flow with moves trains on pictures shifted by up to a pixel, nine
    times as many, with the shift as a condition.
    """
    device = device_of(model)
    vae = checkpoints.load(recipe.vae).to(device)
    means, log_vars = posteriors(vae, recipe.splits().train)
    with torch.no_grad():
        model.decoder.load_state_dict(vae.decoder.state_dict())
        model.centre.copy_(means.mean(0))
        model.scale.copy_((means.var(0) + log_vars.exp().mean(0)).sqrt())
    average = Average(model.flow, recipe.averaging)

    def loss(x: Tensor, y: Tensor) -> dict[str, Tensor]:
        velocity = model.flow.velocity
        with torch.no_grad():
            if model.flow.move is not None:
                uniform = torch.special.ndtr(parallel.randn(len(x), 1, x.device)[:, 0])
                x, move = by_a_pixel(x, uniform)
                velocity = partial(velocity, move=move)
            mean, log_var = vae.encode(x)
            codes = reparameterise(mean, log_var, parallel.randn(len(x), model.latent, x.device))
            codes = model.standardised(codes)
        return {"loss": velocity_error(model.flow, recipe, codes, y, velocity)}

    step, state = minimise(loss, model.flow, recipe, steps, average)
    return step, state | {"average": average}


class HeldCodes(Monitor):
    """The loss on the codes of held-out pictures, with the same noise after every epoch.

    It stops falling when the network begins to memorise the train pictures.
    """

    def __init__(self, recipe: LatentFlowRecipe, splits: Splits, repeats: int = 10) -> None:
        assert splits.valid is not None
        self.recipe, self.labels = recipe, splits.valid.labels.repeat(repeats)
        means, log_vars = (part.repeat(repeats, 1) for part in posteriors(checkpoints.load(recipe.vae), splits.valid))
        noise = torch.randn(means.shape, generator=torch.Generator().manual_seed(0))
        self.codes = reparameterise(means, log_vars, noise)

    @torch.no_grad()
    def __call__(self, model: LatentFlow) -> dict[str, float]:
        device = device_of(model)
        with torch.random.fork_rng([device] if device.type == "cuda" else []):
            torch.manual_seed(0)
            codes = model.standardised(self.codes.to(device))
            return {"held_loss": velocity_error(model.flow, self.recipe, codes, self.labels.to(device)).item()}

    def summary(self, history: dict[str, list[float]]) -> tuple[dict, dict]:
        return {}, {"history": "held_loss: the same loss on codes of pictures that were held out of the training"}
