"""The command line of what is measured of stored checkpoints: python -m evaluate.MODULE NAME [NAME …] [--threads N]."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

import torch

import checkpoints
import data
from data import splits

MOST_THREADS = 1024  # more than a machine has processors, and few enough for it to start them


class Command(argparse.ArgumentParser):
    """A parser for `python -m MODULE` with the first line of its docstring and --threads, which works at once."""

    def __init__(self, module: str, doc: str | None):
        super().__init__(prog=f"python -m {module}", description=(doc or "").partition("\n")[0])
        self.add_argument("--threads", type=int, help="CPU threads (default: torch's)")

    def parse_args(self, arguments: list[str] | None = None) -> argparse.Namespace:
        options = super().parse_args(arguments)
        if options.threads is not None:
            if not 1 <= options.threads <= MOST_THREADS:
                self.error(f"--threads must be from 1 to {MOST_THREADS}")
            torch.set_num_threads(options.threads)
        return options


def run(module: str, doc: str | None, measure: Callable[[str], object]) -> None:
    """Call measure(name) for every checkpoint that the command names; a problem ends it with one sentence."""
    parser = Command(module, doc)
    parser.add_argument("names", nargs="+", metavar="NAME", help="a stored checkpoint, such as mnist_gan")
    for name in parser.parse_args().names:
        try:
            measure(name)
        except (checkpoints.CheckpointError, data.DataError, ValueError) as error:
            sys.exit(str(error))


def splits_of(card: checkpoints.Card) -> splits.Splits:
    """The Splits that a card's model was trained with, by the function that its recipe names."""
    return splits.named(card.recipe.get("data") or card.dataset["name"])


def generator(name: str) -> tuple[Any, splits.Splits]:
    """(network, Splits) of a stored model that makes pictures out of random codes; CheckpointError for any other."""
    card = checkpoints.read(name)
    if not card.generates:
        raise checkpoints.CheckpointError(f"{name} makes no pictures out of random codes, so it has no samples.")
    return checkpoints.load(name), splits_of(card)


def added(name: str, metrics: dict, protocol: dict, **run) -> checkpoints.Card:
    """Write figures into a card, and what is new in its run, and print them; returns the new Card."""
    card = checkpoints.add_figures(name, metrics, protocol, **run)
    print(", ".join(f"{k} {v:.4g}" for k, v in metrics.items() if not isinstance(v, list)))
    return card
