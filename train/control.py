"""A PI controller in a training: its state, the ramp of its set point, and the recipe that asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from models.control import PIController
from train.recipe import Recipe


@dataclass(frozen=True)
class SteppedRecipe(Recipe):
    """An epoch is `interval` steps, which is how often the history gets a value: their mean."""

    interval: int = 100

    def steps_per_epoch(self, images: int) -> int:
        return self.interval


@dataclass(frozen=True)
class ControlRecipe(SteppedRecipe):
    """controller: its set point and gains. ramp: share of the training in which the set point rises from 0."""

    controller: PIController = field(default_factory=lambda: PIController(8.0))
    ramp: float = 0.5


@dataclass(frozen=True)
class TotalCorrelationRecipe(SteppedRecipe):
    """beta: weight of the total correlation. images: how many pictures the data set has."""

    beta: float = 1.0
    images: int = 0


class ClosedLoop:
    """loop(kl) -> β, one call per step. set_point rises linearly to the controller's within `ramp` steps.

    Part of the state of an unfinished training. The numbers stay on the device: nothing waits for them.
    """

    def __init__(self, controller: PIController, ramp: float, device: torch.device | str) -> None:
        self.controller, self.ramp = controller, ramp
        self.steps_done, self.state = 0, controller.start(device)
        self.set_point = torch.tensor(0.0, device=device)

    def __call__(self, kl: Tensor) -> Tensor:
        """β for a detached KL, a scalar in nats."""
        self.steps_done += 1
        risen = min(1.0, self.steps_done / self.ramp) if self.ramp else 1.0
        self.set_point = torch.full_like(kl, risen * self.controller.set_point)
        beta, self.state = self.controller.respond(kl, self.state, self.set_point)
        return beta

    def state_dict(self) -> dict:
        return {"steps_done": self.steps_done, "state": self.state}

    def load_state_dict(self, state: dict) -> None:
        self.steps_done = state["steps_done"]
        self.state = tuple(part.to(self.set_point.device) for part in state["state"])
