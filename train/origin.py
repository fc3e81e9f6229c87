"""Check whether the commit named in a card contains the card's recipe: python -m train.origin [NAME …]

Writes the result into the card: run["recipe_in_commit"], and run["recipe_differs"], the fields that differ.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import checkpoints
from evaluate.command import Command
from train.catalogue import RECIPES
from train.provenance import WORDS, git

SECONDS = 600  # for an old commit to print a recipe


def differing(card: dict[str, Any], code: dict[str, Any], defaults: dict[str, Any]) -> list[str]:
    """Names of the fields in which two recipes differ, both as JSON values; defaults: values of missing fields.

    Titles and summaries do not count, and a function that was moved to another module is the same one.
    """

    def value(recipe, name):
        found = recipe.get(name, defaults.get(name))
        moved = isinstance(found, str) and name not in WORDS and "(" not in found
        return found.rpartition(".")[2] if moved else found

    names = [*card, *(name for name in code if name not in card)]
    return [name for name in names if name not in WORDS and value(card, name) != value(code, name)]


def in_commit(card: checkpoints.Card, defaults: dict[str, Any]) -> dict[str, Any]:
    """{"recipe_in_commit": whether the card's commit holds its recipe, "recipe_differs": the fields that differ}.

    Runs the card's command with the code of that commit, in a temporary folder. If that code does not run, the first
    is None and the second says so. Raises ValueError if the commit is not in this repository.
    """
    commit = str(card.run["commit"])
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "tree.tar")
        if git("archive", "--output", str(archive), commit) is None:
            raise ValueError(f"{card.name}: commit {commit} is not in this repository.")
        with tarfile.open(archive) as tree:
            tree.extractall(folder, filter="data")
        module = shlex.split(card.run["command"])[2]
        command = [sys.executable, "-m", module, card.name, "--dry-run"]
        try:
            ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return {"recipe_in_commit": None, "recipe_differs": ["code"]}
    if ran.returncode != 0:
        if f"'{card.name}'" in ran.stderr and "invalid choice" in ran.stderr:
            return {"recipe_in_commit": False, "recipe_differs": ["name"]}
        return {"recipe_in_commit": None, "recipe_differs": ["code"]}
    fields = differing(card.recipe, json.loads(ran.stdout), defaults)
    return {"recipe_in_commit": not fields, "recipe_differs": fields}


def main() -> None:
    parser = Command("train.origin", __doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="stored checkpoints (default: all)")
    for name in parser.parse_args().names or [card.name for card in checkpoints.gallery()]:
        try:
            card = checkpoints.read(name)
            if name not in RECIPES:
                raise ValueError(f"{name} is no recipe of this code, so there is none to compare.")
            found = in_commit(card, RECIPES[name].defaults())
        except (checkpoints.CheckpointError, ValueError) as error:
            print(error)
            continue
        checkpoints.add_figures(name, {}, {}, **found)
        print(f"{name}: {', '.join(found['recipe_differs']) or 'as in the commit'}", flush=True)


if __name__ == "__main__":
    main()
