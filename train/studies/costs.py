"""Measure the cost of every recipe: python -m train.studies.costs train/README.md

Writes a table between the two markers of that file (or prints it): operations of one step, counted by torch in matrix
products and convolutions, forwards and backwards; the steps of the whole recipe; the peak memory of a process without
the data set; and the minutes from the card. Each recipe takes two steps on random pictures in its own process,
`python -m train.studies.costs --one NAME`.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry

import checkpoints
from checkpoints import files
from checkpoints.table import between
from data import DataError
from data.splits import dsprites_factors
from evaluate.command import Command
from train import catalogue
from train.recipe import Recipe
from train.transfer import TransferRecipe

RECIPES = {name: recipe for name, recipe in catalogue.RECIPES.items() if not recipe.run}  # of train/loop.py
LABELS = {dsprites_factors: (4,)}  # shape of one picture's labels, if not a single class
BEGIN, END = "<!-- costs -->", "<!-- /costs -->"
HEADINGS = ("recipe", "weights", "steps", "a step, GFLOP", "all, PFLOP", "memory, GB", "time", "on")


class Operations(TorchDispatchMode):
    """Counts operations by torch's own formulas, since its FlopCounterMode does not support gradient penalties."""

    def __init__(self):
        super().__init__()
        self.total = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        result = function(*args, **(kwargs or {}))
        if count := flop_registry.get(function._overloadpacket):
            self.total += count(*args, **(kwargs or {}), out_val=result)
        return result


def measure(recipe: Recipe) -> dict[str, Any]:
    """{"weights", "operations" of a step, "memory" in bytes, "steps" or None if the data set is not here}.

    An operation is one multiplication or addition.
    """
    torch.set_num_threads(1)
    model = recipe.model(**recipe.arguments).to(memory_format=torch.channels_last).train()
    step, _ = recipe.objective(model, recipe, 100)
    if isinstance(recipe, TransferRecipe):  # does not count the computation of features
        x = torch.rand(recipe.images_per_step, cast(int, model.width))
    else:
        x = torch.rand(recipe.images_per_step, *cast(Sequence[int], model.shape))
        x = x.contiguous(memory_format=torch.channels_last) if x.dim() == 4 else x
    y = torch.zeros(recipe.images_per_step, *LABELS.get(recipe.data, ()), dtype=torch.int64)
    step(x, y)
    with Operations() as counter:
        step(x, y)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # before the data set is loaded
    try:
        steps = recipe.epochs * recipe.steps_per_epoch(recipe.train_images)
    except DataError:
        steps = None
    weights = sum(p.numel() for p in model.parameters())
    return {"weights": weights, "operations": counter.total, "memory": memory, "steps": steps}


def row(name: str, measured: dict[str, Any]) -> str:
    """One line of the table."""
    steps, operations = measured["steps"], measured["operations"] / 1e9
    every = f"{steps * operations / 1e6:.3g}" if steps else "–"
    try:
        run = checkpoints.read(name).run
        time = f"{run['seconds'] / 60:.1f} min"
        where = run["device"] + (", bfloat16" if "--bf16" in run["command"] else "")
    except checkpoints.CheckpointError:
        time = where = "–"
    return (
        f"| `{name}` | {measured['weights']:,} | {f'{steps:,}' if steps else '–'} | {operations:.3g} | {every} | "
        f"{measured['memory'] / 1e9:.1f} | {time} | {where} |\n"
    )


def table() -> str:
    """The table as Markdown; a process for each recipe, so that each has its own peak of memory."""
    lines = []
    for name in RECIPES:
        command = [sys.executable, "-m", "train.studies.costs", "--one", name]
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        lines.append(row(name, json.loads(output.splitlines()[-1])))
        print(lines[-1], end="", file=sys.stderr)
    return f"| {' | '.join(HEADINGS)} |\n" + "|---" * len(HEADINGS) + "|\n" + "".join(lines)


def main() -> None:
    parser = Command("train.studies.costs", __doc__)
    parser.add_argument("file", nargs="?", type=Path, help="file with the two markers (default: print the table)")
    parser.add_argument("--one", choices=RECIPES, help="one recipe, as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(RECIPES[options.one])))
    elif options.file:
        try:
            text = options.file.read_text(encoding="utf-8")
            between(text, BEGIN, END, "")  # raises before minutes of work rather than after
            files.rewrite(options.file, between(text, BEGIN, END, table()).encode())
        except OSError as error:
            sys.exit(f"{error.filename}: {error.strerror}.")
        except ValueError as error:
            sys.exit(str(error))
    else:
        print(table(), end="")


if __name__ == "__main__":
    main()
