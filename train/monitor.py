"""Measurements and pictures during a training, in addition to the means of its scalars.

A recipe refers to one of these classes; Monitor(recipe, splits) is created once before the first step.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from checkpoints import snapshots
from data.splits import Splits
from evaluate import classification, feature_networks
from evaluate.features import device_of, features
from evaluate.samples import grid, pictures
from metrics.frechet import frechet_of_features
from metrics.likelihood import importance_log_px
from models.adversarial import gradient_norms
from train.recipe import Recipe


class Monitor:
    """Measures nothing. monitor(model) -> {name: number} is called after every epoch and added to the history.

    `state_dict` is part of the state of an unfinished training.
    """

    def __init__(self, recipe: Recipe, splits: Splits) -> None:
        pass

    def __call__(self, model: Any) -> dict[str, float]:
        return {}

    def state_dict(self) -> dict:
        return {}

    def load_state_dict(self, state: dict) -> None:
        pass

    def summary(self, history: dict[str, list[float]]) -> tuple[dict, dict]:
        """(metrics, protocol) for the card, from the whole history."""
        return {}, {}

    def store(self, recipe: Recipe) -> None:
        """Called once at the end, after the checkpoint has been written."""


class ValidBound(Monitor):
    """log p(x) of 500 validation images with 50 codes, nats: shows whether longer training would help.

    Raises ValueError for a set without validation images.
    """

    def __init__(self, recipe: Recipe, splits: Splits) -> None:
        if splits.valid is None:
            raise ValueError(f"{splits.name} has no validation images.")
        self.images = splits.valid.some(500).floats()

    def __call__(self, model):
        return {"valid_bound": importance_log_px(model, self.images.to(device_of(model)), 50).mean().item()}


class Validation(Monitor):
    """Cross entropy (nats per image) and accuracy on the validation pictures.

    Raises ValueError for a set without them.
    """

    def __init__(self, recipe: Recipe, splits: Splits) -> None:
        if splits.valid is None:
            raise ValueError(f"{splits.name} has no validation images.")
        self.split = splits.valid

    def __call__(self, model):
        logits = classification.logits(model, self.split)
        return {
            "valid_loss": F.cross_entropy(logits, self.split.labels).item(),
            "valid_accuracy": (logits.argmax(1) == self.split.labels).double().mean().item(),
        }


class Watch(Monitor):
    """A grid of samples from fixed noise, and the Fréchet distance of samples to real pictures, never to test pictures.

    The real pictures are those that the recipe holds out (`watched`), otherwise the train pictures. samples: how many
    samples. real: at most how many real pictures, chosen by Split.some. Their features are computed once, so that more
    of them, which lower the variance of the distance, cost nothing afterwards. slope: whether to measure also the mean
    length of the critic's gradient between real and generated pictures.
    """

    def __init__(
        self,
        recipe: Recipe,
        splits: Splits,
        side: int = 8,
        samples: int = 1000,
        real: int = 10_000,
        slope: bool = False,
    ) -> None:
        self.side, self.samples, self.slope = side, samples, slope
        self.grids: list[torch.Tensor] = []
        self.interval = recipe.steps_per_epoch(len(splits.train))
        self.classifier: Any = feature_networks.load(splits.name)
        self.held = splits.valid is not None
        self.images = (splits.train if splits.valid is None else splits.valid).some(real).images
        self.real = features(self.classifier, self.images)

    def __call__(self, model):
        generated = pictures(model, max(self.samples, self.side**2))
        self.classifier.to(device_of(model))
        self.grids.append(grid(generated[: self.side**2], self.side))
        values = {"frechet": frechet_of_features(features(self.classifier, generated[: self.samples]), self.real)}
        return values | ({"gradient_norm": self._slope(model, generated)} if self.slope else {})

    def _slope(self, model, generated):
        device = next(model.parameters()).device
        real, fake = (x[:100].to(device).float() / 127.5 - 1 for x in (self.images, generated))
        return gradient_norms(model.discriminate, real, fake, torch.full((100,), 0.5, device=device)).mean().item()

    def summary(self, history: dict[str, list[float]]) -> tuple[dict, dict]:
        which = "train pictures held out of the training" if self.held else "train pictures"
        return {}, {"history": f"Fréchet: {self.samples:,} samples of one noise, {len(self.images):,} {which}"}

    def state_dict(self) -> dict:
        return {"grids": torch.stack(self.grids)}

    def load_state_dict(self, state: dict) -> None:
        self.grids = list(state["grids"])

    def store(self, recipe: Recipe) -> None:
        grids = torch.stack(self.grids).numpy()
        steps = self.interval * np.arange(1, len(grids) + 1)
        snapshots.save(recipe.name, grids[..., 0] if grids.shape[-1] == 1 else grids, steps)


class Samples(Monitor):
    """A grid of samples from fixed noise every few intervals, and the KL at the end of the training, nats per image.

    grids: approximate number of grids. last: steps over which the KL is averaged.
    """

    rows, columns = 5, 10  # of a grid

    def __init__(self, recipe: Recipe, splits: Splits, grids: int = 40, last: int = 1000) -> None:
        self.every, self.last = max(1, recipe.epochs // grids), last
        self.interval = recipe.steps_per_epoch(len(splits.train))
        self.calls = 0
        self.grids: list[torch.Tensor] = []

    def __call__(self, model):
        self.calls += 1
        if self.calls % self.every == 0:
            self.grids.append(grid(pictures(model, self.rows * self.columns), self.rows)[..., 0])
        return {}

    def state_dict(self) -> dict:
        return {"calls": self.calls, "grids": list(self.grids)}

    def load_state_dict(self, state: dict) -> None:
        self.calls, self.grids = state["calls"], list(state["grids"])

    def summary(self, history: dict[str, list[float]]) -> tuple[dict, dict]:
        values = history["kl"][-max(1, self.last // self.interval) :]
        steps = len(values) * self.interval
        metrics = {"kl_last_1000": sum(values) / len(values)}
        return metrics, {"kl_last_1000": f"mean KL of the batches of the last {steps:,} steps, nats per image"}

    def store(self, recipe: Recipe) -> None:
        if self.grids:
            steps = self.every * self.interval * np.arange(1, len(self.grids) + 1)
            snapshots.save(recipe.name, torch.stack(self.grids).numpy(), steps)
