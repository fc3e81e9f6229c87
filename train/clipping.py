"""Record critics of several clip values, and one with a gradient penalty: python -m train.clipping

Two bells against one in the middle, in checkpoints/recorded/clipping.json. The same seed gives the same critics.
"""

import argparse

from data import toy
from train import recorded
from train.live.clipping import train_critics

CLIPS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8)


def record(seed, steps):
    critics = train_critics(toy.TWO_GAUSSIANS, toy.MIDDLE_GAUSSIAN, CLIPS, seed=seed, steps=steps)
    for name, value, slope in zip([*CLIPS, "penalty"], critics.values, critics.slopes, strict=True):
        print(f"{name}: E T(p) − E T(q) = {value:.4f}, steepest slope {slope:.4f}")
    return critics.to_dict()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    recorded.store("clipping", "python -m train.clipping", lambda: record(options.seed, options.steps))
