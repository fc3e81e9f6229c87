"""Curves and pictures recorded while a network trains on a visitor's pictures."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import torch

from checkpoints import snapshots
from data.splits import Splits, scaled
from evaluate.samples import grid, pictures, to_bytes
from models.vae import reconstruct
from train.monitor import Monitor
from train.recipe import Recipe

SHOWN = 8  # pictures per row
GRIDS = 40  # per training


class Grids(Monitor):
    """A grid of pictures at the start, at the end, and about GRIDS times in between; a subclass draws it."""

    def __init__(self, recipe: Recipe, splits: Splits) -> None:
        self.every, self.last = max(1, recipe.epochs // GRIDS), recipe.epochs
        self.interval = recipe.steps_per_epoch(len(splits.train))
        self.calls = 0
        self.grids: list[torch.Tensor] = []
        self.steps: list[int] = []

    def __call__(self, model):
        self.calls += 1
        if self.calls in (1, self.last) or self.calls % self.every == 0:
            self.grids.append(self.drawn(model))
            self.steps.append(self.calls * self.interval)
        return {}

    def drawn(self, model: torch.nn.Module) -> torch.Tensor:
        """The grid (H, W, C) uint8."""
        raise NotImplementedError

    def state_dict(self) -> dict:
        return {"calls": self.calls, "steps": list(self.steps), "grids": list(self.grids)}

    def load_state_dict(self, state: dict) -> None:
        self.calls, self.grids, self.steps = state["calls"], list(state["grids"]), list(state["steps"])

    def store(self, recipe: Recipe) -> None:
        grids = torch.stack(self.grids).numpy()
        snapshots.save(recipe.name, grids[..., 0] if grids.shape[-1] == 1 else grids, np.array(self.steps))


class Noise(Grids):
    """4 · SHOWN pictures from fixed noise."""

    def drawn(self, model: torch.nn.Module) -> torch.Tensor:
        return grid(pictures(cast(Any, model), 4 * SHOWN).cpu(), 4)

    def summary(self, history: dict[str, list[float]]) -> tuple[dict, dict]:
        return {}, {"history": f"means over {self.interval} steps"}


class Reconstructions(Grids):
    """The error of held-out pictures, and a grid of some of them above their reconstructions.

    The error is only shown and decides nothing, so it is a test error.
    """

    def __init__(self, recipe: Recipe, splits: Splits) -> None:
        super().__init__(recipe, splits)
        self.watched = splits.test.images[:200]

    @torch.no_grad()
    def __call__(self, model):
        x = scaled(self.watched).to(next(model.parameters()).device)
        self.restored = torch.cat([reconstruct(model, part) for part in x.split(100)])
        super().__call__(model)
        return {"held_out_error": (self.restored - x).square().mean().item()}

    def drawn(self, model: torch.nn.Module) -> torch.Tensor:
        return grid(torch.cat([self.watched[:SHOWN], to_bytes(self.restored[:SHOWN]).cpu()]), 2)

    def summary(self, history: dict[str, list[float]]) -> tuple[dict, dict]:
        how = f"means over {self.interval} steps; held_out_error: of up to {len(self.watched)} held-out pictures"
        return {}, {"history": how}
