"""The same recipe with other seeds: python -m train.studies.seeds dsprites_control_vae_14 [--threads 1 | --workers 2]

Shows how much the figures of a card depend on chance. The checkpoint is the first run; two more are trained with other
initial weights and another order of pictures, in the checkpoint's precision, measured in the same way, and not stored.
For a recipe without a checkpoint all three are trained. Recorded in checkpoints/recorded/seeds_NAME.json, which the
page of the models shows.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from typing import Any

import checkpoints
from evaluate.command import Command
from train.catalogue import RECIPES
from train.recipe import Recipe
from train.studies import Plan, add_cluster, cluster, in_one_sentence, processes, study
from train.studies.trained import trained

SEEDS = (0, 1)  # in addition to the recipe's own


def run(recipe: Recipe, bf16: bool) -> dict[str, Any]:
    """One training from the recipe's seed: {"seed", "metrics": its numbers, "seconds"}.

    Raises ValueError for a recipe that measures nothing.
    """
    if recipe.evaluate is None:
        raise ValueError(f"{recipe.name} has no evaluation, so its seeds cannot be compared.")
    model, splits, (watched, _), seconds = trained(recipe, bf16=bf16, watch=True)
    metrics = recipe.evaluate(model, splits).metrics | watched
    return {"seed": recipe.seed, "metrics": numbers(metrics), "seconds": round(seconds, 1)}


def stored(recipe: Recipe) -> dict[str, Any]:
    """Nothing, since the card has this run. Raises DataError if the others could not be trained, so that no file with
    only this run is written."""
    recipe.splits()
    return {}


def numbers(metrics: dict[str, Any]) -> dict[str, int | float]:
    """The metrics that are single numbers."""
    return {name: value for name, value in metrics.items() if isinstance(value, int | float)}


def plan(recipe: Recipe) -> Plan:
    """Pairs (key, train), first the card's own run, which already exists; train() -> the result of `run`.

    Raises CheckpointError if the card is missing and the recipe does not say why.
    """
    seeds, bf16 = SEEDS, False
    try:
        card = checkpoints.read(recipe.name)
    except checkpoints.CheckpointError:
        if not recipe.unshipped:
            raise
        seeds = (recipe.seed, *SEEDS)
    else:
        own = {"seed": recipe.seed, "metrics": numbers(card.metrics), "seconds": card.run["seconds"]}
        yield own, functools.partial(stored, recipe)
        bf16 = "--bf16" in card.run["command"]
    for seed in seeds:
        yield {"seed": seed}, functools.partial(run, dataclasses.replace(recipe, seed=seed), bf16)


@in_one_sentence()
def main() -> None:
    parser = Command("train.studies.seeds", __doc__)
    parser.add_argument("recipe", choices=sorted(name for name, recipe in RECIPES.items() if not recipe.run))
    parser.add_argument("--workers", type=int, default=1, help="trainings at once, each on one thread")
    add_cluster(parser)
    options = parser.parse_args()
    recipe, workers = RECIPES[options.recipe], cluster(parser, options)
    common = {"recipe": recipe.to_dict()} | recipe.built_on()
    with processes(options.workers) if options.workers > 1 else contextlib.nullcontext() as pool:
        study(f"seeds_{recipe.name}", f"{parser.prog} {recipe.name}", common, plan(recipe), pool=workers or pool)


if __name__ == "__main__":
    main()
