"""Does guessing rotations help? Small self-supervised GANs with and without: python -m train.ablation [--threads 1]

Three seeds each, every seed with the same first weights and the same order of pictures on both sides. Kept in
checkpoints/recorded/ssgan_ablation.json (see train/study.py).
"""

import dataclasses
import functools

from models.adversarial import Hinge
from train import ssgan
from train.options import Options
from train.studies import search
from train.studies.study import study

FILE = "ssgan_ablation"
WIDTH = 16
SEEDS = (0, 1, 2)
SMALL = dataclasses.replace(ssgan.RECIPES[0], name=FILE, arguments={"width": WIDTH}, epochs=10, interval=200)
LOSSES = {True: SMALL.loss, False: Hinge()}  # with the rotation task, and the same loss without it


def plan(bf16=False):
    """Pairs (key, train), both sides of a seed one after the other; train() -> {"frechet": [after every interval, …],
    "seconds"}."""
    for seed in SEEDS:
        for rotation, loss in LOSSES.items():
            recipe = dataclasses.replace(SMALL, seed=seed, loss=loss)
            yield {"rotation": rotation, "seed": seed}, functools.partial(search.run, recipe, bf16=bf16)


def main(bf16):
    common = {"width": WIDTH, "batch": SMALL.batch, "interval": SMALL.interval, "epochs": SMALL.epochs}
    common |= {"loss": repr(SMALL.loss), "samples": search.SAMPLES}
    study(FILE, f"python -m train.ablation{' --bf16' if bf16 else ''}", common, list(plan(bf16)))


if __name__ == "__main__":
    main(Options("train.ablation", __doc__, bf16=True).parse_args().bf16)
