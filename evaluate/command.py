"""The command line for measuring stored checkpoints: python -m evaluate.MODULE NAME [NAME …] [--threads N].

Measurements that draw many pictures also take --device.
"""

import argparse
import sys
from collections.abc import Callable
from typing import Any

import torch

import checkpoints
import data
from data import splits
from evaluate import Evaluation

MOST_THREADS = 1024  # more than any machine's processors, but few enough to be started


class MissingError(ImportError):
    """An optional package is not installed; the text is one sentence for the person."""


class Command(argparse.ArgumentParser):
    """A parser for `python -m MODULE` with the first line of its docstring, and --threads, applied while parsing."""

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
    """Call measure(name) for every checkpoint on the command line; an error ends it with one sentence."""
    parser = _named(module, doc)
    _each(parser.parse_args().names, measure)


def run_on(module: str, doc: str | None, measure: Callable[[str, torch.device], object]) -> None:
    """The same for measure(name, device), where --device chooses the network's device."""
    parser = _named(module, doc)
    parser.add_argument("--device", default="cpu", help="cpu, cuda, mps (default: cpu)")
    options = parser.parse_args()
    with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):  # TF32 is too inexact for measurements
        _each(options.names, lambda name: measure(name, device_of(options.device)))


def _named(module, doc):
    parser = Command(module, doc)
    parser.add_argument("names", nargs="+", metavar="NAME", help="a stored checkpoint, such as mnist_gan")
    return parser


def _each(names, measure):
    for name in names:
        try:
            measure(name)
        except KeyboardInterrupt:
            sys.exit(f"\nStopped. The card of {name} has no new figures.")
        except (checkpoints.CheckpointError, data.DataError, MissingError, ValueError) as error:
            sys.exit(str(error))
        except OSError as error:
            sys.exit(named_file(error))


def named_file(error: OSError) -> str:
    """The sentence for a full disk or a folder without write permission; any other error is raised again."""
    if error.filename is None:
        raise error
    return f"{error.filename}: {error.strerror}."


def device_of(name: str) -> torch.device:
    """The device of that name, such as cuda:1; raises ValueError with one sentence if this machine does not have it."""
    counts = {"cpu": 1, "cuda": torch.cuda.device_count(), "mps": int(torch.backends.mps.is_available())}
    kind, _, number = name.partition(":")
    if kind not in counts:
        raise ValueError(f"There is no device “{name}”; --device takes {', '.join(counts)}.")
    if not (number or "0").isdecimal() or int(number or 0) >= counts[kind]:
        raise ValueError(
            f"This machine has no device {name}, or no driver for it; leave --device out for the best one."
        )
    return torch.device(name)


def splits_of(card: checkpoints.Card) -> splits.Splits:
    """The Splits that a card's model was trained with, from the function named in its recipe, with the recipe's
    `watched` pictures held out. Raises DataError."""
    whole = splits.named(card.recipe.get("data") or card.dataset["name"])
    watched = card.recipe.get("watched", 0)
    return whole.holding(watched) if watched else whole


def generator(name: str, device: torch.device | str = "cpu") -> tuple[Any, splits.Splits]:
    """(network on the device, Splits) of a stored model that generates pictures from random codes.

    Raises CheckpointError for any other model.
    """
    card = checkpoints.read(name)
    if not card.generates:
        raise checkpoints.CheckpointError(f"{name} makes no pictures from random codes, so it has no samples.")
    return checkpoints.load(name).to(device), splits_of(card)


def measured_again(
    name: str,
    device: torch.device | str,
    kind: type,
    refusal: str,
    evaluate: Callable[[Any, splits.Splits], Evaluation],
) -> None:
    """Evaluate a stored generator; write the figures into its card, and its preview next to the weights.

    Raises CheckpointError with the name and `refusal` for a network that is not of the class `kind`.
    """
    model, its_splits = generator(name, device)
    if not isinstance(model, kind):
        raise checkpoints.CheckpointError(f"{name} {refusal}")
    measured = evaluate(model, its_splits)
    checkpoints.save_preview(name, measured.preview)
    added(name, measured.metrics, measured.protocol)


def added(name: str, metrics: dict, protocol: dict, **run) -> checkpoints.Card:
    """Print figures and write them into a card, with new entries of its run; returns the new Card."""
    print(", ".join(f"{k} {v:.4g}" for k, v in metrics.items() if not isinstance(v, list)))
    return checkpoints.add_figures(name, metrics, protocol, **run)  # after printing, since the disk may be full
