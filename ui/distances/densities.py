"""Content of the density page: curves of a discriminator during its training, and a training in steps."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from checkpoints.recorded.critic_settings import Settings
from checkpoints.recorded.density_snapshots import DensitySnapshot
from data import toy
from metrics import density
from ui import charts
from ui.components import curves
from ui.jobs import Job

if TYPE_CHECKING:
    from train.live.density import DensityTraining

F1, F0 = toy.tanh_gaussian(), toy.gaussian()
EXACT, BASE, ESTIMATE = charts.REAL, charts.PALETTE[9], charts.GENERATED
AXIS = (-5.0, 5.0)


@st.cache_data(show_spinner=False)
def best() -> float:
    """The largest value that a discriminator can reach, in nats."""
    return float(density.optimal_value(F1, F0))


def words(settings: Settings) -> str:
    """A description of the training, for a subtitle."""
    return f"{settings.hidden} hidden × {settings.width} units · {settings.steps:,} steps"


def captions(snapshots: Sequence[DensitySnapshot]) -> list[str]:
    """A caption for each snapshot."""
    return [f"step {s.step:,} of {s.steps:,}" for s in snapshots]


def figures(snapshots: Sequence[DensitySnapshot]) -> dict[str, list[str]]:
    """Measurements of the snapshots, {name: a text for each}, rounded to the precision that the sample size allows."""

    def nats(value):
        return f"{value:.4f} nats".replace("-", "−")

    return {
        "L1 error of f̂₁ (0 to 2)": [f"{s.l1[0]:.3f}" for s in snapshots],
        "value that D reaches": [nats(s.value[0]) for s in snapshots],
        "largest possible value": [nats(best())] * len(snapshots),
    }


def frame(snapshots: Sequence[DensitySnapshot], step: float) -> int:
    """The index of the snapshot nearest to a step."""
    return min(range(len(snapshots)), key=lambda k: abs(snapshots[k].step - step))


def panels(grid: np.ndarray, snapshots: Sequence[DensitySnapshot]) -> list[dict]:
    """Density, discriminator and the tails, with a frame for each snapshot (see ui/components/curve_player)."""
    inside = (grid >= AXIS[0]) & (grid <= AXIS[1])
    x = grid[inside]
    logits = np.stack([s.logits[0] for s in snapshots])[:, inside]
    f0, f1 = F0.pdf(x), F1.pdf(x)
    estimate = density.density_from_discriminator(logits, f0)

    def compared(bottom):
        return [
            curves.series("f₁, exact", "line", EXACT, x, np.maximum(f1, bottom), digits=9),
            curves.series("f₀, known", "line", BASE, x, np.maximum(f0, bottom), dash=True, digits=9),
            curves.series("f̂₁ = f₀·D/(1 − D)", "line", ESTIMATE, x, np.maximum(estimate, bottom), digits=9),
        ]

    optimum = density.discriminator(density.optimal_logits(F1, F0, x))
    return [
        {
            "title": "Density",
            "quantity": "x",
            "range": [0.0, max(0.45, min(1.0, 1.05 * float(estimate[-1].max())))],
            "series": compared(0.0),
        },
        {
            "title": "D(x): the probability that x is from f₁",
            "quantity": "x",
            "range": [0.0, 1.0],
            "series": [
                curves.series("best D", "line", EXACT, x, optimum),
                curves.series("D", "line", ESTIMATE, x, density.discriminator(logits)),
            ],
        },
        {
            "title": "The same densities on a logarithmic axis",
            "quantity": "x",
            "range": [1e-6, 1.0],
            "log": True,
            "series": compared(1e-8),
        },
    ]


def table(grid: np.ndarray, snapshots: Sequence[DensitySnapshot]) -> pd.DataFrame:
    """The curves of all snapshots: a row for each step and x of the grid."""
    f1, f0 = F1.pdf(grid), F0.pdf(grid)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "step": s.step,
                    "x": grid,
                    "f1": f1,
                    "f0": f0,
                    "D": density.discriminator(s.logits[0]),
                    "f1_estimate": density.density_from_discriminator(s.logits[0], f0),
                }
            )
            for s in snapshots
        ],
        ignore_index=True,
    )


@dataclass
class Run(Job):
    """A visitor's training, advanced a little in every run of the page."""

    settings: Settings
    training: DensityTraining | None = None
    snapshots: list[DensitySnapshot] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return self.training is not None and self.training.finished

    def work(self, until: float) -> None:
        from train.live.density import DensityTraining, snapshot_steps

        if self.training is None:
            self.training = DensityTraining(F1, F0, self.settings)
            self.snapshots.append(self.training.snapshot())
            self.snapshot_steps = snapshot_steps(self.settings.steps)
        while time.perf_counter() < until and not self.training.finished:
            following = next(step for step in self.snapshot_steps if step > self.training.step)
            snapshot = self.training.run(min(following - self.training.step, 25))
            if snapshot.step == following:
                self.snapshots.append(snapshot)
