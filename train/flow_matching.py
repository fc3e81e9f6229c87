"""Flow matching: the objective (Lipman et al. 2023, equation 23 with σ = 0; Liu et al. 2023, equation 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor

from models.flow import CLOSE, Flow
from train import parallel
from train.averaging import Average
from train.objectives import Objective, minimise
from train.recipe import LATER, Recipe


def path(z: Tensor, x: Tensor, t: Tensor) -> Tensor:
    """x_t = (1 − t) z + t x for noise z and pictures x (N, *shape) at times t (N,)."""
    t = t.view(-1, *[1] * (x.dim() - 1))
    return (1 - t) * z + t * x


@dataclass(frozen=True)
class FlowRecipe(Recipe):
    """drop: share of the labels that are dropped. time_mean: times are σ(n), n ~ N(time_mean, 1). averaging: decay of
    the weights' moving average, which is measured and stored."""

    drop: float = field(default=0.2, metadata=LATER)
    time_mean: float = field(default=0.0, metadata=LATER)
    averaging: float = field(default=0.999, metadata=LATER)


def velocity_error(
    model: Flow, recipe: FlowRecipe, ends: Tensor, y: Tensor, velocity: Callable[..., Tensor] | None = None
) -> Tensor:
    """Mean squared error, a scalar, of the velocity between new noise and ends (N, *shape) with labels y (N,).

    Times are σ(n) of normal n: most are where most is decided (Esser et al. 2024). Some labels are dropped, so that one
    network learns the velocity with and without a class, for classifier-free guidance (Ho & Salimans 2022).
    velocity(x, t, label): replaces the model's own.
    """
    numbers = parallel.randn(len(ends), model.latent + 2, ends.device)
    t = (numbers[:, 0] + recipe.time_mean).sigmoid().clamp_max(1 - CLOSE)
    dropped = torch.special.ndtr(numbers[:, 1])  # uniform in [0, 1]
    noise = numbers[:, 2:].reshape(ends.shape)
    label = torch.where(dropped < recipe.drop, model.classes, y)
    velocity = velocity or model.velocity
    return (velocity(path(noise, ends, t), t, label) - (ends - noise)).square().mean()


def flow_matching(model: Flow, recipe: FlowRecipe, steps: int) -> Objective:
    """Squared error of the velocity along straight lines from noise to pictures, mean over pixels."""
    average = Average(model, recipe.averaging)

    def loss(x: Tensor, y: Tensor) -> dict[str, Tensor]:
        return {"loss": velocity_error(model, recipe, 2 * x - 1, y)}

    step, state = minimise(loss, model, recipe, steps, average)
    return step, state | {"average": average}
