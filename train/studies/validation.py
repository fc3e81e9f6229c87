"""Choose settings of a classifier by validation pictures: python -m train.studies.validation rps_cnn [--threads 1]

Trains the recipe on a part of its train set and validates it on the rest (data/splits.py) after every epoch, for every
batch size and learning rate of its grid, and the best setting with three seeds (--seeds 3: all settings). The test set
is not used: `python -m train NAME` then trains the chosen setting on the whole train set and tests it once.
Recorded in checkpoints/recorded/validation_NAME.json, run by run.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from checkpoints import recorded
from checkpoints.recorded.validation_runs import CURVES, Validation
from evaluate.command import Command
from train import monitor
from train.catalogue import RECIPES
from train.loop import fit
from train.recipe import Recipe
from train.studies import Cluster, Plan, add_cluster, cluster, in_one_sentence, study

SEEDS = (42, 0, 1)
STAGES = (10, 30, 50)  # epochs
BATCHES, RATES = (8, 32, 64), (1e-4, 1e-3, 1e-2)
GRIDS = ("rps_cnn", "horses_cnn")  # trained with the whole grid; others only as in their recipes
NAMES = sorted(name for name, recipe in RECIPES.items() if recipe.chosen)


def run(recipe: Recipe, runs: Path) -> dict[str, Any]:
    """One training on a part of the train set: {"loss": […], "accuracy", "valid_loss", "valid_accuracy", "seconds"}.

    runs: folder for the state of the unfinished training, from which it continues.
    """
    splits, model = recipe.splits(choosing=True), recipe.begun()
    state = runs / f"validation_{recipe.name}_{recipe.batch}_{recipe.learning_rate:g}_{recipe.seed}.pt"
    watch = monitor.Validation(recipe, splits)
    history, seconds = fit(model, recipe, splits.train, state_file=state, resume=True, monitor=watch)
    state.unlink(missing_ok=True)
    curves = {name: [float(f"{value:.5g}") for value in history[name]] for name in CURVES}
    return curves | {"seconds": round(seconds, 1)}


def settings(recipe: Recipe) -> tuple[list[tuple[int, float]], list[int]]:
    """[(batch, learning rate), …] of a recipe's trainings, and their stages in epochs."""
    if recipe.name in GRIDS:
        return list(itertools.product(BATCHES, RATES)), list(STAGES)
    return [(recipe.batch, recipe.learning_rate)], [recipe.epochs]


def plan(recipe: Recipe, cells: Iterable[tuple[int, float]], seeds: Iterable[int], runs: Path) -> Plan:
    """Pairs (key, train), all cells of a seed before the next seed; train() -> the result of `run`."""
    epochs = settings(recipe)[1][-1]
    for seed, (batch, rate) in itertools.product(seeds, cells):
        trial = dataclasses.replace(recipe, seed=seed, batch=batch, learning_rate=rate, epochs=epochs)
        yield {"batch": batch, "learning_rate": rate, "seed": seed}, functools.partial(run, trial, runs)


def validate(name: str, count: int = 1, runs: Path = Path("runs"), pool: Cluster | None = None) -> Validation:
    """Run the trainings that are missing in the recording, on a cluster if one is given.

    count: number of seeds for all settings; the best one has all of SEEDS.
    """
    recipe = RECIPES[name]
    # The chosen settings are not among the shared values, so that choosing them does not start another study.
    shared = {k: v for k, v in recipe.to_dict().items() if k not in ("title", "summary", "epochs", "seed")}
    if name in GRIDS:
        shared = {k: v for k, v in shared.items() if k not in ("batch", "learning_rate")}
    cells, stages = settings(recipe)
    common = {"recipe": shared, "dataset": recipe.data(choosing=True).describe(), "stages": stages}
    command = f"python -m train.studies.validation {name}"
    record = functools.partial(study, f"validation_{name}", command, common, pool=pool)
    every = list(plan(recipe, cells, SEEDS[:count], runs))
    if recorded.has(f"validation_{name}"):  # runs with more seeds are kept
        known = [key for key, _ in plan(recipe, cells, SEEDS[count:], runs)]
        kept = recorded.read(f"validation_{name}")["runs"]
        every += [(key, dict) for key in known if any(key.items() <= run.items() for run in kept)]
    record(every)
    best = recorded.validation(name).best
    more = plan(recipe, [(best.batch, best.learning_rate)], SEEDS[count:], runs)
    known = [key for key, _ in every]
    record(every + [(key, train) for key, train in more if key not in known])
    return recorded.validation(name)


@in_one_sentence()
def main() -> None:
    parser = Command("train.studies.validation", __doc__)
    parser.add_argument("recipe", choices=NAMES)
    count = range(1, len(SEEDS) + 1)
    parser.add_argument("--seeds", type=int, default=1, choices=count, help="of all settings (default: 1)")
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="folder for the state of unfinished trainings")
    add_cluster(parser)
    options = parser.parse_args()
    found = validate(options.recipe, options.seeds, options.runs, cluster(parser, options))
    for each in sorted(found.settings, key=found.mean, reverse=True)[:5]:
        spread = ", ".join(f"{value:.4f}" for value in found.values(each))
        print(f"{each}: {found.mean(each):.4f} ({spread}), loss {found.mean(each, 'valid_loss'):.4f}")


if __name__ == "__main__":
    main()
