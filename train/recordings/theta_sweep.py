"""Record the sweep over θ that the app shows first: python -m train.recordings.theta_sweep [--steps 250] [--seeds 5]

Jensen-Shannon and Wasserstein estimates of p = (0, U[0, 1]) against q_θ = (θ, U[0, 1]) at 21 θ, during and after the
training; written to checkpoints/recorded/theta_sweep.json. The same seed gives the same estimates.
"""

from __future__ import annotations

import math

import numpy as np

from checkpoints.recorded.critic_settings import Settings
from checkpoints.recorded.sweep_snapshots import SweepSnapshot
from data.toy import line
from evaluate.command import Command
from metrics.divergence import curves
from train.live.theta_sweep import Sweep
from train.recordings import store, watch

SETTINGS = Settings(seeds=5)


def errors(snapshot: SweepSnapshot) -> dict[str, float]:
    """Largest error over θ and seeds of the estimates for two line segments: {"jsd", "corrected", "extrapolated"}."""
    truth = curves(line(), line(), snapshot.thetas)
    columns = {"jsd": "jsd", "corrected": "wasserstein", "extrapolated": "wasserstein"}
    return {name: float(np.abs(getattr(snapshot, name) - truth[exact]).max()) for name, exact in columns.items()}


def record(settings: Settings) -> dict:
    """Train the sweep; {settings, snapshots} as JSON values."""
    sweep = Sweep(line(), line(), settings=settings)
    values = watch("theta_sweep", sweep, sweep.snapshots(every=math.ceil(settings.steps / 10)))
    print("largest error over θ and seeds: " + ", ".join(f"{k} {v:.1e}" for k, v in errors(sweep.snapshot()).items()))
    return values


def main() -> None:
    parser = Command("train.recordings.theta_sweep", __doc__)
    parser.add_argument("--steps", type=int, default=SETTINGS.steps)
    parser.add_argument("--seeds", type=int, default=SETTINGS.seeds)
    parser.add_argument("--seed", type=int, default=SETTINGS.seed)
    options = parser.parse_args()
    try:
        settings = Settings(steps=options.steps, seeds=options.seeds, seed=options.seed)
    except ValueError as error:
        parser.error(str(error))
    store("theta_sweep", parser.prog, lambda: record(settings))


if __name__ == "__main__":
    main()
