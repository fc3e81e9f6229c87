"""The command line that every training script shares.

python -m train.vae fashion_vae                      train, evaluate, store the checkpoint
python -m train.vae fashion_vae --dry-run            print the recipe as JSON and stop
python -m train.vae fashion_vae --resume             go on after a Ctrl-C, a crash or a kill
torchrun --nproc-per-node 4 -m train.vae fashion_vae --device cuda       the same, data-parallel
"""

import argparse
import dataclasses
import platform
import subprocess
import sys
from pathlib import Path

import torch

import checkpoints
from checkpoints import CheckpointError
from data import DataError
from train import parallel
from train.loop import ResumeError, fit
from train.options import add_bf16


def main(module, recipes, family, evaluate, arguments=None, recorder=lambda recipe, splits: None):
    """Run one recipe. evaluate(model, splits) -> (metrics, protocol, preview arrays). Ends the process on bad input.

    recorder(recipe, splits): a train.record.Record of what is measured after every epoch, or None.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=f"Train a {family} checkpoint.")
    parser.add_argument("recipe", choices=[r.name for r in recipes])
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu", help="cpu, cuda, mps")
    parser.add_argument("--epochs", type=int, help="other number of epochs than the recipe's")
    parser.add_argument("--threads", type=int, help="CPU threads (default: torch's)")
    add_bf16(parser)
    parser.add_argument("--resume", action="store_true", help="go on from the last whole epoch")
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="folder for the state of unfinished trainings")
    parser.add_argument("--dry-run", action="store_true", help="print the recipe as JSON and stop")
    options = parser.parse_args(arguments)

    recipe = next(r for r in recipes if r.name == options.recipe)
    if options.epochs is not None:
        if options.epochs < 1:
            parser.error("--epochs must be at least 1")
        recipe = dataclasses.replace(recipe, epochs=options.epochs)
    if options.dry_run:
        print(recipe.to_json())
        return
    if options.threads:
        torch.set_num_threads(options.threads)
    try:
        device = parallel.start(torch.device(options.device))
        card = train(module, recipe, family, evaluate, device, options, recorder)
    except KeyboardInterrupt:
        sys.exit("\nStopped. The last whole epoch is kept: go on with --resume.")
    except (CheckpointError, DataError, ResumeError, FloatingPointError, ValueError) as error:
        sys.exit(f"{error}")
    finally:
        parallel.finish()
    if card:
        print(f"checkpoints/{card.name}.json: " + ", ".join(f"{k} {v:.5g}" for k, v in _numbers(card.metrics)))


def train(module, recipe, family, evaluate, device, options, recorder):
    """Fit, evaluate and save; returns the card (None on all but the first process)."""
    splits = recipe.data()
    torch.manual_seed(recipe.seed)  # the initial weights
    model = recipe.model(**recipe.arguments)
    if recipe.start:
        model.load_state_dict(checkpoints.load(recipe.start).state_dict())
    state_file, record = options.runs / f"{recipe.name}.pt", recorder(recipe, splits)
    history, seconds = fit(
        model,
        recipe,
        splits.train,
        device=device,
        bf16=options.bf16,
        state_file=state_file,
        resume=options.resume,
        record=record,
    )
    if parallel.rank() > 0:
        return None
    model.eval()
    metrics, protocol, arrays = evaluate(model, splits)
    if record:
        of_history, told = record.figures(history)
        metrics, protocol = metrics | of_history, protocol | told
    command = f"python -m {module} {recipe.name}{' --bf16' if options.bf16 else ''}"
    card = checkpoints.Card(
        name=recipe.name,
        family=family,
        title=recipe.title,
        summary=recipe.summary,
        model=f"{recipe.model.__module__}.{recipe.model.__qualname__}",
        arguments=recipe.arguments,
        latent=getattr(model, "latent", None),
        shape=tuple(model.shape),
        recipe=recipe.to_dict(),
        dataset=splits.describe(),
        metrics=metrics,
        protocol=protocol,
        history={k: [round(v, 6) for v in column] for k, column in history.items()},
        run={"command": command, "seconds": round(seconds, 1), "device": _device(device), **versions()},
        sha256="",
    )
    card = checkpoints.save(model, card, arrays)
    if record:
        record.store(recipe)
    state_file.unlink(missing_ok=True)
    return card


def _device(device):
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} × {parallel.world()}"
    return f"{device.type}, {torch.get_num_threads()} threads × {parallel.world()}"


def versions():
    """The `versions` and `commit` of a card's run; without git, or outside a repository, the commit is None."""
    try:
        command = ["git", "rev-parse", "--short", "HEAD"]
        commit = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        commit = ""
    return {"versions": {"python": platform.python_version(), "torch": torch.__version__}, "commit": commit or None}


def _numbers(metrics):
    return ((k, v) for k, v in metrics.items() if isinstance(v, int | float))
