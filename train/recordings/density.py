"""Record density estimates by discriminators of several sizes: python -m train.recordings.density

Distribution 4 against N(0, 1), logits on a grid at growing numbers of steps; written to
checkpoints/recorded/density.json. The same seed gives the same estimates.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from checkpoints.recorded.critic_settings import DENSITY_SETTINGS
from evaluate.command import Command
from metrics.density import optimal_value
from train.live.density import DensityTraining
from train.recordings import store, watch

# (hidden layers, width): from too small to follow the two modes to more than enough.
SIZES = ((1, 1), (1, 2), (1, 4), (2, 32))


def record(seed: int, sizes: Sequence[tuple[int, int]] = SIZES, steps: int = DENSITY_SETTINGS.steps) -> dict:
    """Train a discriminator of every size; {grid, runs: [{settings, snapshots}, …]} as JSON values."""
    runs = []
    for hidden, width in sizes:
        settings = dataclasses.replace(DENSITY_SETTINGS, seed=seed, hidden=hidden, width=width, steps=steps)
        training = DensityTraining(settings=settings)
        runs.append(watch(f"width {hidden} × {width}", training, training.snapshots()))
        last, best = training.snapshot(), optimal_value(training.f1, training.f0)
        print(f"width {hidden} × {width}: L1 error {last.l1[0]:.4f}, value {last.value[0]:.6f}, optimum {best:.6f}")
    return {"grid": np.round(training.grid, 6).tolist(), "runs": runs}


def main() -> None:
    parser = Command("train.recordings.density", __doc__)
    parser.add_argument("--steps", type=int, default=DENSITY_SETTINGS.steps)
    parser.add_argument("--seed", type=int, default=DENSITY_SETTINGS.seed)
    options = parser.parse_args()
    store("density", parser.prog, lambda: record(options.seed, steps=options.steps))


if __name__ == "__main__":
    main()
