"""The same recipe with other seeds: python -m train.seeds dsprites_control_vae_14 [--threads 1]

How far the figures of a card are luck. The checkpoint gives the first run; two more are trained with other first
weights and another order of pictures, as precisely as the checkpoint was, measured in the same way, and not stored.
Kept in checkpoints/recorded/seeds_NAME.json (see train/study.py).
"""

import dataclasses
import functools
import sys

import torch

import checkpoints
from train.catalogue import GENERATORS, SCRIPTS
from train.loop import fit
from train.options import Options
from train.studies.study import study

SEEDS = (0, 1)  # besides the recipe's own


def run(recipe, family, bf16):
    """One training from the recipe's seed: {"seed", "metrics": its numbers, "seconds"}."""
    splits = recipe.data()
    torch.manual_seed(recipe.seed)
    model = recipe.model(**recipe.arguments)
    record = family.recorder(recipe, splits) if hasattr(family, "recorder") else None
    history, seconds = fit(model, recipe, splits.train, bf16=bf16, record=record)
    metrics = family.evaluate(model.eval(), splits)[0]
    if record:
        metrics = metrics | record.figures(history)[0]
    return {"seed": recipe.seed, "metrics": numbers(metrics), "seconds": round(seconds, 1)}


def numbers(metrics):
    return {name: value for name, value in metrics.items() if isinstance(value, int | float)}


def plan(recipe, family):
    """Pairs (key, train), the card's own run first, which is there already; train() -> what `run` gives."""
    card = checkpoints.read(recipe.name)
    own = {"seed": recipe.seed, "metrics": numbers(card.metrics), "seconds": card.run["seconds"]}
    yield own, dict
    for seed in SEEDS:
        other = dataclasses.replace(recipe, seed=seed)
        yield {"seed": seed}, functools.partial(run, other, family, "--bf16" in card.run["command"])


def main(name):
    recipe = GENERATORS[name]
    common = {"recipe": recipe.to_dict()}
    study(f"seeds_{name}", f"python -m train.seeds {name}", common, list(plan(recipe, SCRIPTS[name])))


if __name__ == "__main__":
    parser = Options("train.seeds", __doc__)
    parser.add_argument("recipe", choices=sorted(GENERATORS))
    options = parser.parse_args()
    try:
        main(options.recipe)
    except checkpoints.CheckpointError as error:
        sys.exit(str(error))
