"""Flow matching: the objective (Lipman et al. 2023, equation 23 with σ = 0; Liu et al. 2023, equation 1)."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from models.flow import CLOSE, Flow
from train import parallel
from train.averaging import Average
from train.objectives import Objective, minimise
from train.recipe import LATER, Recipe


def path(z: Tensor, x: Tensor, t: Tensor) -> Tensor:
    """x_t = (1 − t) z + t x of noise z and pictures x (N, *shape) at times t (N,)."""
    t = t.view(-1, *[1] * (x.dim() - 1))
    return (1 - t) * z + t * x


@dataclass(frozen=True)
class FlowRecipe(Recipe):
    """drop: share of the labels that are left out. time_mean: of n, where times are σ(n), n ~ N(time_mean, 1).
    averaging: decay of the weights' moving average, which is what is measured and stored."""

    drop: float = field(default=0.2, metadata=LATER)
    time_mean: float = field(default=0.0, metadata=LATER)
    averaging: float = field(default=0.999, metadata=LATER)


def flow_matching(model: Flow, recipe: FlowRecipe, steps: int) -> Objective:
    """Squared error of the velocity along straight lines from noise to pictures, mean over pixels.

    Times are σ(n) of normal n: most where most is decided (Esser et al. 2024). Some labels are left out, so that one
    network learns every class and all of them, which is what classifier-free guidance needs (Ho & Salimans 2022).
    """
    average = Average(model, recipe.averaging)

    def loss(x: Tensor, y: Tensor) -> dict[str, Tensor]:
        numbers = parallel.randn(len(x), model.latent + 2, x.device)
        t = (numbers[:, 0] + recipe.time_mean).sigmoid().clamp_max(1 - CLOSE)
        dropped = torch.special.ndtr(numbers[:, 1])  # uniform in [0, 1]
        picture, noise = 2 * x - 1, numbers[:, 2:].reshape(x.shape)
        label = torch.where(dropped < recipe.drop, model.classes, y)
        error = model.velocity(path(noise, picture, t), t, label) - (picture - noise)
        return {"loss": error.square().mean()}

    step, state = minimise(loss, model, recipe, steps, average)
    return step, state | {"average": average}
