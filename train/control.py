"""A PI controller in a training: its state, the ramp of its set point, and its recipe."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from models.control import PIController
from train.recipe import Recipe


@dataclass(frozen=True)
class SteppedRecipe(Recipe):
    """An epoch is `interval` steps, whose means are one entry of the history."""

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

    Part of the state of an unfinished training. Its numbers stay on the device, so that nothing waits for them, and
    change in place, so that a step can be captured (train/graph.py).
    """

    def __init__(self, controller: PIController, ramp: float, device: torch.device | str) -> None:
        self.controller, self.ramp = controller, ramp
        self.steps_done = torch.tensor(0.0, dtype=torch.float64, device=device)
        self.state = controller.start(device)
        self.set_point = torch.tensor(0.0, device=device)

    def __call__(self, kl: Tensor) -> Tensor:
        """β for a detached KL, a scalar in nats."""
        self.steps_done += 1
        risen = (self.steps_done / self.ramp).clamp(max=1) if self.ramp else torch.ones_like(self.steps_done)
        self.set_point = (risen * self.controller.set_point).to(kl.dtype)
        beta, state = self.controller.respond(kl, self.state, self.set_point)
        for held, value in zip(self.state, state, strict=True):
            held.copy_(value)
        return beta

    def state_dict(self) -> dict:
        return {"steps_done": int(self.steps_done), "state": self.state}

    def load_state_dict(self, state: dict) -> None:
        self.steps_done.fill_(state["steps_done"])
        for held, value in zip(self.state, state["state"], strict=True):
            held.copy_(value)
