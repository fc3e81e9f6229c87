"""The same recipe with other seeds: python -m train.seeds dsprites_control_vae_14 [--threads 1]

How far the figures of a card are luck. The checkpoint gives the first run; two more are trained with other first
weights and another order of pictures, as precisely as the checkpoint was, measured in the same way, and not stored.
Kept in checkpoints/recorded/seeds_NAME.json after every training: a command that was stopped goes on behind the last
whole one.
"""

import dataclasses
import sys

import torch

import checkpoints
from checkpoints import recorded
from train.command import versions
from train.families import GENERATORS, SCRIPTS
from train.loop import fit
from train.options import Options

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


def runs(recipe, family, known=()):
    """Yields the list of runs after every training, the card's own first; those that stand in `known` are kept."""
    card = checkpoints.read(recipe.name)
    done = [{"seed": recipe.seed, "metrics": numbers(card.metrics), "seconds": card.run["seconds"]}]
    kept, bf16 = {one["seed"]: one for one in known}, "--bf16" in card.run["command"]
    for seed in SEEDS:
        done.append(kept.get(seed) or run(dataclasses.replace(recipe, seed=seed), family, bf16))
        yield list(done)


def main(name):
    file = f"seeds_{name}"
    known = recorded.read(file)["runs"] if recorded.has(file) else ()
    for found in runs(GENERATORS[name], SCRIPTS[name], known):
        seconds = round(sum(one["seconds"] for one in found), 1)
        told = {"command": f"python -m train.seeds {name}", "seconds": seconds} | versions()
        recorded.write(file, told | {"runs": found})
        print(found[-1], flush=True)


if __name__ == "__main__":
    parser = Options("train.seeds", __doc__)
    parser.add_argument("recipe", choices=sorted(GENERATORS))
    options = parser.parse_args()
    try:
        main(options.recipe)
    except checkpoints.CheckpointError as error:
        sys.exit(str(error))
