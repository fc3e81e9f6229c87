"""The list of recipes that `python -m train` prints, with their costs and aims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import checkpoints
from checkpoints import recorded
from train.recipe import Recipe

COSTS = Path(__file__).parent / "README.md"
ROW = re.compile(r"^\| `(\w+)` \|(?: [^|]+ \|){3} ([^|]+) \|", re.MULTILINE)  # name, and the fifth column, PFLOP


def listing(recipes: Iterable[Recipe]) -> str:
    """A line for each recipe with name, time and title, then its aim, and why it has no checkpoint if it has none."""
    work = dict(ROW.findall(COSTS.read_text()))
    lines = []
    for recipe in recipes:
        lines.append(f"{recipe.name:28} {cost(recipe.name, work):>13}  {recipe.title}")
        aim = [f"aim: {recipe.aim.words}"] if recipe.aim else []
        lines += [
            f"{'':43}{text}" for text in aim + ([f"no checkpoint: {recipe.unshipped}"] if recipe.unshipped else [])
        ]
    return "\n".join(lines)


def cost(name: str, work: dict[str, str]) -> str:
    """Minutes of its training, or its operations from train/README.md if it has not been trained yet."""
    for read in (lambda: checkpoints.read(name).run, lambda: recorded.read(f"toy_{name}")):
        try:
            return f"{read()['seconds'] / 60:.1f} min"
        except checkpoints.CheckpointError:
            continue
    return f"{work[name]} PFLOP" if name in work else "–"
