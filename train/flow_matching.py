"""Flow matching: the objective (Lipman et al. 2023, equation 23 with σ = 0; Liu et al. 2023, equation 1)."""

from __future__ import annotations

import torch
from torch import Tensor

from models.flow import CLOSE, Flow
from train import parallel
from train.averaging import Average
from train.objectives import Objective, minimise
from train.recipe import Recipe


def path(z: Tensor, x: Tensor, t: Tensor) -> Tensor:
    """x_t = (1 − t) z + t x of noise z and pictures x (N, *shape) at times t (N,)."""
    t = t.view(-1, *[1] * (x.dim() - 1))
    return (1 - t) * z + t * x


def flow_matching(model: Flow, recipe: Recipe, steps: int, drop: float = 0.2, decay: float = 0.999) -> Objective:
    """Squared error of the velocity along straight lines from noise to pictures, mean over pixels.

    Times are σ(n), n ~ N(0, 1): most in the middle, where most is decided (Esser et al. 2024). One label of five is
    left out, so that one network learns every class and all of them, which is what classifier-free guidance needs (Ho
    & Salimans 2022). The weights are averaged over about 1 / (1 − decay) steps.
    """
    average = Average(model, decay)

    def loss(x: Tensor, y: Tensor) -> dict[str, Tensor]:
        numbers = parallel.randn(len(x), model.latent + 2, x.device)
        t = numbers[:, 0].sigmoid().clamp_max(1 - CLOSE)
        dropped = torch.special.ndtr(numbers[:, 1])  # uniform in [0, 1]
        picture, noise = 2 * x - 1, numbers[:, 2:].reshape(x.shape)
        label = torch.where(dropped < drop, model.classes, y)
        error = model.velocity(path(noise, picture, t), t, label) - (picture - noise)
        return {"loss": error.square().mean()}

    step, state = minimise(loss, model, recipe, steps, average)
    return step, state | {"average": average}
