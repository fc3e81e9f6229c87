"""Train a discriminator of f₁ against f₀ and record the density of f₁ that it implies.

training = DensityTraining()                     distribution 4 against N(0, 1)
for snapshot in training.snapshots():            break out of the loop at any time to stop
    f1_hat = density_from_discriminator(snapshot.logits, training.f0.density(training.grid))
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

from checkpoints.recorded.critic_settings import DENSITY_SETTINGS, Settings, check_work
from checkpoints.recorded.density_snapshots import DensitySnapshot
from data.toy import Distribution, gaussian, tanh_gaussian
from metrics.density import GRID, density_from_discriminator, l1_error, value
from train.live.critics import Critics, CriticTraining, one_thread

F1, F0 = tanh_gaussian(), gaussian()  # the density to estimate, and the known one
EVALUATION = 8192  # points on each side for the value


class DensityTraining(CriticTraining):
    """f1, f0: one-dimensional Distributions with densities; f₁'s density only measures the error of the estimate and is
    not used in training.

    grid: points (G,) where logits are recorded. The seeds of the settings are members of one batched model. Every
    instance has its own random numbers. Raises ValueError with one sentence if there is no one-dimensional density.
    """

    def __init__(
        self,
        f1: Distribution = F1,
        f0: Distribution = F0,
        settings: Settings = DENSITY_SETTINGS,
        grid: np.ndarray = GRID,
    ) -> None:
        for distribution in (f1, f0):
            if distribution.density is None or distribution.dimension != 1:
                raise ValueError(f"{distribution.title} has no density on the line; choose one that has.")
        check_work(settings, settings.seeds)
        self.f1, self.f0, self.settings, self.grid = f1, f0, settings, np.asarray(grid, dtype=float)
        self._training = self._streams(0)
        x, y = self._draw(1024, self._streams(1))
        generator = torch.Generator().manual_seed(settings.seed)
        self._critics = Critics(x, y, settings.seeds, settings, generator)

    def snapshots(self, count: int = 20) -> Iterator[DensitySnapshot]:
        """Yield a DensitySnapshot before the first step and after each of snapshot_steps(steps, count)."""
        yield self.snapshot()
        for step in snapshot_steps(self.settings.steps, count):
            yield self.run(step - self.step)

    @one_thread()
    def snapshot(self) -> DensitySnapshot:
        """The current discriminator on the grid, measured on a sample that was not trained on.

        Raises FloatingPointError with one sentence if the training diverged.
        """
        x, y = self._draw(EVALUATION, self._streams(2))
        points = torch.from_numpy(self.grid.astype(np.float32)).expand(len(x), -1)[..., None]
        with torch.no_grad():
            real, fake, logits = (self._critics.logits(part).double().numpy() for part in (x, y, points))
        if not np.isfinite(logits).all():
            raise FloatingPointError(f"The training diverged before step {self.step}; choose a smaller learning rate.")
        estimate = density_from_discriminator(logits, self.f0.pdf(self.grid))
        error = l1_error(estimate, self.f1.pdf(self.grid), self.grid)
        return DensitySnapshot(self.step, self.settings.steps, logits, value(real, fake), error)

    def _batch(self):
        return self._draw(self.settings.batch, self._training)

    def _draw(self, n, streams):
        """Samples of f₁ and f₀, (seeds, n, 1) float32 each."""
        pairs = [(self.f1.sample(n, rng), self.f0.sample(n, rng)) for rng in streams]
        return tuple(torch.from_numpy(np.stack(side).astype(np.float32)) for side in zip(*pairs, strict=True))


def snapshot_steps(steps: int, count: int = 20) -> list[int]:
    """About `count` whole numbers from 1 to `steps`, growing geometrically, since most happens early."""
    return np.unique(np.geomspace(1, steps, count).round().astype(int)).tolist()
