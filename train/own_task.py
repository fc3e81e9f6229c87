"""A training on a visitor's pictures as one task that this process or a worker of a cluster runs.

asked = own_task.Asked(name, title, command, dataset, images, labels, classes, prepared)
task = tasks.submit(tasks.key("own", name), own_task.train, asked, local={"stay": True})
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

import checkpoints
from checkpoints import packed, visits
from data.own import sets
from evaluate import export
from evaluate.command import MissingError
from train import cli, loop, own_recipe
from train.own_monitors import Reconstructions


@dataclass(frozen=True)
class Asked:
    """name: of a visit's checkpoint. command: as recorded in its card. dataset: name of the set.

    images (N, C, H, W) uint8, labels (N,) into classes; prepared: how images were prepared. changes: to the recipe.
    """

    name: str
    title: str
    command: str
    dataset: str
    images: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    prepared: str
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass
class Progress:
    """share: how much of the work is done, from 0 to 1; phase: the current one. history: as in train/loop.py.

    grid: pictures above their latest reconstructions, (2·H, n·W, C) uint8, None before the first. alone: whether the
    next step is long and cannot be interrupted, so that others need not wait for it.
    """

    share: float = 0.0
    phase: str = ""
    history: dict[str, list[float]] = field(default_factory=dict)
    grid: np.ndarray | None = None
    alone: bool = False


def train(asked: Asked, *, stay: bool = False) -> Generator[Progress, None, dict[str, bytes]]:
    """Train, measure and write the checkpoint; yields the Progress, the same object each time.

    Returns {suffix: content} of its files, which are removed from this machine. stay: keep them as this process's own,
    and return nothing. Raises the errors of a training (see train/cli.py).
    """
    progress = Progress(phase="Waiting for the first step")
    yield progress
    splits = sets.splits(asked.dataset, asked.images, asked.labels, asked.classes, asked.prepared)
    recipe = own_recipe.recipe(asked.name, splits, asked.title, **asked.changes)
    model = recipe.begun()
    monitor = Reconstructions(recipe, splits)
    seconds, started = 0.0, time.perf_counter()
    for taken, total, history in _undisturbed(loop.steps(model, recipe, splits.train, quiet=True, monitor=monitor)):
        progress.share, progress.phase, progress.history = taken / total, f"Step {taken:,} of {total:,}", history
        progress.grid = monitor.grids[-1].numpy() if monitor.grids else None
        seconds += time.perf_counter() - started
        yield progress
        started = time.perf_counter()
    progress.alone, progress.phase = True, "Measuring on the held-out pictures, and drawing the map"
    yield progress
    token = visits.token_of(asked.name)
    visits.folder(token)
    try:
        cpu = torch.device("cpu")
        cli.stored(recipe, model, splits, progress.history, seconds, cpu, monitor, asked.command)
        progress.phase = "Writing the networks that your browser runs"
        yield progress
        _export(asked.name)
        return {} if stay else packed.contents(checkpoints.read(asked.name), asked.name)
    finally:
        if not stay:
            visits.delete(token)


def _undisturbed(steps: Iterator[Any]) -> Iterator[Any]:
    """The same steps with their own state of torch's random numbers, which other work between them does not change."""
    state = torch.get_rng_state()
    while True:
        others = torch.get_rng_state()
        torch.set_rng_state(state)
        try:
            value = next(steps)
        except StopIteration:
            return
        finally:
            state = torch.get_rng_state()
            torch.set_rng_state(others)
        yield value


def _export(name):
    """Write the parts that browsers run, if the packages for it are installed; otherwise the server decodes."""
    try:
        export.write(name)
    except MissingError:
        return
