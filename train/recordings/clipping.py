"""Record critics of several clip values, and one with a gradient penalty: python -m train.recordings.clipping

Two Gaussians against one in the middle, in checkpoints/recorded/clipping.json. The same seed gives the same critics.
"""

from __future__ import annotations

from data import toy
from evaluate.command import Command
from train.live.clipping import train_critics
from train.recordings import store

CLIPS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8)


def record(seed: int, steps: int) -> dict:
    """Train the critics; ClippedCritics as JSON values."""
    critics = train_critics(toy.TWO_GAUSSIANS, toy.MIDDLE_GAUSSIAN, CLIPS, seed=seed, steps=steps)
    for name, value, slope in zip([*CLIPS, "penalty"], critics.values, critics.slopes, strict=True):
        print(f"{name}: E T(p) − E T(q) = {value:.4f}, steepest slope {slope:.4f}")
    return critics.to_dict()


def main() -> None:
    parser = Command("train.recordings.clipping", __doc__)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    store("clipping", parser.prog, lambda: record(options.seed, options.steps))


if __name__ == "__main__":
    main()
