"""Ablation of the rotation task: small self-supervised GANs with and without it: python -m train.studies.ablation

Three seeds each; for every seed, both sides have the same initial weights and the same order of pictures. Recorded in
checkpoints/recorded/ssgan_ablation.json, which the page of the self-supervised GAN shows.
"""

from __future__ import annotations

import dataclasses
import functools

from evaluate.command import Command
from train import ssgan
from train.adversarial import adversarial_game
from train.cli import add_bf16
from train.self_supervised import self_supervised_game
from train.studies import Plan, add_cluster, cluster, in_one_sentence, search, study

NAME = "ssgan_ablation"
WIDTH = 16
SEEDS = (0, 1, 2)
SMALL = dataclasses.replace(
    ssgan.RECIPES[0], name=NAME, arguments={"width": WIDTH}, epochs=10, interval=200, watched=search.HELD
)
OBJECTIVES = {True: self_supervised_game, False: adversarial_game}  # with and without the rotation task


def plan(bf16: bool = False) -> Plan:
    """Pairs (key, train), seed by seed with both sides in turn; train() -> {"frechet": [after every interval, …],
    "seconds"}."""
    for seed in SEEDS:
        for rotation, objective in OBJECTIVES.items():
            recipe = dataclasses.replace(SMALL, seed=seed, objective=objective)
            yield {"rotation": rotation, "seed": seed}, functools.partial(search.run, recipe, bf16=bf16)


@in_one_sentence()
def main() -> None:
    parser = Command("train.studies.ablation", __doc__)
    add_bf16(parser)
    add_cluster(parser)
    options = parser.parse_args()
    bf16, pool = options.bf16, cluster(parser, options)
    common = {"width": WIDTH, "batch": SMALL.batch, "interval": SMALL.interval, "epochs": SMALL.epochs}
    common |= {"watched": SMALL.watched, "loss": repr(SMALL.loss), "task": repr(SMALL.task), "samples": search.SAMPLES}
    study(NAME, f"{parser.prog}{' --bf16' if bf16 else ''}", common, plan(bf16), pool=pool)


if __name__ == "__main__":
    main()
