"""The command that trains.

python -m train                                list all recipes with their costs and aims
python -m train fashion_vae                    train, evaluate, store the checkpoint
python -m train fashion_vae --dry-run          print the recipe as JSON and stop
python -m train fashion_vae --resume           continue after a Ctrl-C, a crash or a kill
torchrun --nproc-per-node 4 -m train fashion_vae --device cuda       the same, data-parallel
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch

import checkpoints
from checkpoints import Card, CheckpointError
from checkpoints.families import FAMILIES
from data import DataError
from data.splits import Splits
from evaluate import Evaluation, export
from evaluate.command import Command, MissingError, device_of
from train import parallel
from train.listing import listing
from train.loop import History, ResumeError, fit
from train.monitor import Monitor
from train.provenance import device_name, versions
from train.recipe import Recipe

# The message of each is one complete sentence.
ERRORS = (CheckpointError, DataError, MissingError, ResumeError, FloatingPointError, ValueError)


def main(recipes: Iterable[Recipe], arguments: Sequence[str] | None = None) -> None:
    """Train the recipe named on the command line, or list all recipes. Ends the process on bad input."""
    by_name = {recipe.name: recipe for recipe in recipes}
    parser = Command("train", "Train a recipe; without a NAME, list all of them.")
    parser.add_argument("recipe", nargs="?", choices=by_name, metavar="NAME", help="`python -m train` lists all")
    add_training(parser)
    options = parsed(parser, arguments)
    if options.recipe is None:
        print(listing(by_name.values()))
        return
    recipe = by_name[options.recipe]
    if options.epochs is not None:
        recipe = dataclasses.replace(recipe, epochs=options.epochs)
    if recipe.run and (options.resume or options.bf16) and not options.dry_run:
        parser.error(f"{recipe.name} takes minutes and knows neither --resume nor --bf16")
    carry_out(recipe, options, f"python -m train {recipe.name}")


def carry_out(recipe: Recipe, options: argparse.Namespace, command: str) -> None:
    """Train a recipe with the options of `add_training`, print its figures and write the parts for browsers.

    command: as recorded in the card, without --bf16. Ends the process with one sentence on an error.
    """
    if options.dry_run:
        print(recipe.to_json())
        return
    try:
        if recipe.run:
            card = recipe.run(recipe)
        else:
            device = parallel.start(device_of(options.device))
            card = train(recipe, device, bf16=options.bf16, runs=options.runs, resume=options.resume, command=command)
    except KeyboardInterrupt:
        kept = "Nothing was stored." if recipe.run else "The last whole epoch is kept: go on with --resume."
        sys.exit(f"\nStopped. {kept}")
    except ERRORS as error:
        sys.exit(f"{error}")
    except OSError as error:  # a full disk, a folder without write permission
        kept = "" if recipe.run else " The training is kept: go on with --resume when that is mended."
        sys.exit(f"{error.filename or recipe.name} cannot be written ({error.strerror or error}).{kept}")
    finally:
        parallel.finish()
    if card:
        numbers = ((name, value) for name, value in card.metrics.items() if isinstance(value, int | float))
        print(f"checkpoints/{card.name}.json: " + ", ".join(f"{name} {value:.5g}" for name, value in numbers))
        try:
            export.main(card.name)
        except (MissingError, CheckpointError) as error:
            print(error)
        except OSError as error:
            print(
                f"The parts for browsers cannot be written ({error.strerror or error}); python -m evaluate.export "
                f"{card.name} writes them when that is mended."
            )
    parallel.leave()


def add_training(parser: argparse.ArgumentParser) -> None:
    """Add the options of every training."""
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu", help="cpu, cuda, mps")
    parser.add_argument("--epochs", type=int, help="other number of epochs than the recipe's")
    add_bf16(parser)
    parser.add_argument("--resume", action="store_true", help="go on from the last whole epoch")
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="folder for the state of unfinished trainings")
    parser.add_argument("--dry-run", action="store_true", help="print the recipe as JSON and stop")


def parsed(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of a parser with `add_training`; ends the process if they are invalid."""
    options = parser.parse_args(None if arguments is None else list(arguments))
    if options.epochs is not None and options.epochs < 1:
        parser.error("--epochs must be at least 1")
    return options


def add_bf16(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bf16", action="store_true", help="products in bfloat16, for a GPU or a CPU with AMX or avx512_bf16"
    )


def train(
    recipe: Recipe,
    device: torch.device,
    *,
    bf16: bool = False,
    runs: Path = Path("runs"),
    resume: bool = False,
    command: str = "",
) -> Card | None:
    """Fit, evaluate and save; returns the card (None on all but the first process).

    command: as recorded in the card, without --bf16; by default the recipe's own. runs: folder for the state of the
    unfinished training, from which `resume` continues. Raises the exceptions of ERRORS.
    """
    splits = recipe.splits()
    model = recipe.begun()
    state_file = runs / f"{recipe.name}.pt"
    monitor = recipe.monitor(recipe, splits) if recipe.monitor else None
    history, seconds = fit(
        model, recipe, splits.train, device=device, bf16=bf16, state_file=state_file, resume=resume, monitor=monitor
    )
    parallel.wait()  # a process that leaves while another still sends may crash it
    if parallel.rank() > 0:
        return None
    command = (command or f"python -m train {recipe.name}") + (" --bf16" if bf16 else "")
    card = stored(recipe, model, splits, history, seconds, device, monitor, command)
    state_file.unlink(missing_ok=True)
    return card


def stored(
    recipe: Recipe,
    model: torch.nn.Module,
    splits: Splits,
    history: History,
    seconds: float,
    device: torch.device,
    monitor: Monitor | None,
    command: str,
) -> Card:
    """Measure a trained model and write its checkpoint; returns the card.

    history, seconds: of the training. monitor: the one that watched it. command: as recorded in the card.
    """
    checkpoints.round_as_stored(model, FAMILIES[recipe.family])
    with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):  # TF32 is too inexact for measurements
        metrics, protocol, preview = recipe.evaluate(model.eval(), splits) if recipe.evaluate else Evaluation({}, {})
    if monitor:
        of_history, how = monitor.summary(history)
        metrics, protocol = metrics | of_history, protocol | how
    run = {"command": command, "seconds": round(seconds, 1), "device": device_name(device)}
    run |= versions() | recipe.built_on()
    card = recipe.card(
        model,
        dataset=splits.describe(),
        metrics=metrics,
        protocol=protocol,
        history={name: [round(value, 6) for value in column] for name, column in history.items()},
        run=run,
    )
    card = checkpoints.save(model, card, preview)
    if monitor:
        monitor.store(recipe)
    return card
