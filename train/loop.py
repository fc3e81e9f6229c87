"""The one training loop.

The whole data set is on the device as uint8, and a batch is a slice of a permutation: no DataLoader, no workers. The
permutation and noise of an epoch depend only on (seed, epoch). So a resumed training is bit-identical to an
uninterrupted one on the CPU, and only weights, optimiser state and history are written, once per epoch.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import torch
from torch import nn
from tqdm import tqdm

from data.splits import Split, scaled
from tasks import report
from train import parallel, state
from train.averaging import Average
from train.monitor import Monitor
from train.recipe import Recipe
from train.state import ResumeError

__all__ = ["History", "ResumeError", "fit", "steps"]

History = dict[str, list[float]]


def fit(model: nn.Module, recipe: Recipe, split: Split, **options: Any) -> tuple[History, float]:
    """Run all of `steps` with these options; returns (history, seconds)."""
    training = steps(model, recipe, split, **options)
    while True:
        try:
            taken, total, _ = next(training)
            report((taken, total))
        except StopIteration as end:
            return end.value


def steps(
    model: nn.Module,
    recipe: Recipe,
    split: Split,
    *,
    device: torch.device | str = "cpu",
    bf16: bool = False,
    state_file: Path | str | None = None,
    resume: bool = False,
    quiet: bool = False,
    monitor: Monitor | None = None,
) -> Generator[tuple[int, int, History], None, tuple[History, float]]:
    """Train `model` in place by recipe.objective on a Split; yields (steps taken, all steps, history) after each.

    At the end it returns (history, seconds). history: {scalar's name: [mean over the epoch, ...]}. state_file: where
    the state is written after every epoch (train/state.py: a kill at any moment leaves the last complete one); with
    resume=True training continues from there.
    monitor(model) -> {name: number} is called after every epoch, in eval mode, and added to the history; its
    state_dict is part of the state. If the objective averages weights, the model ends with the average.
    bf16: convolutions and matrix products in bfloat16, while weights, sums, losses and metrics stay in float32: two to
    three times as fast on a CPU with AMX, 1.5 to 1.8 times with avx512_bf16, slower without either.
    Raises ResumeError if that state is damaged or from another recipe or kind of device, FloatingPointError if the
    loss is not finite, ValueError if one step takes more pictures than there are, a batch is not a multiple of the
    number of processes, or no state can be written.
    """
    device = torch.device(device)
    # Convolutions on a CPU are up to twice as fast with channels-last memory.
    layout = torch.channels_last if len(split.images.shape) == 4 else torch.contiguous_format
    model.to(device).to(memory_format=layout).train()
    images, labels = split.images.to(device), split.labels.to(device)
    needed = recipe.images_per_step
    if len(images) < needed:
        raise ValueError(f"A batch of {needed} does not fit into {len(images)} images; choose a smaller batch.")
    if recipe.batch % parallel.world():
        raise ValueError(f"A batch of {recipe.batch} cannot be shared out evenly among {parallel.world()} processes.")
    batches = recipe.steps_per_epoch(len(images))
    step, parts = recipe.objective(model, recipe, batches * recipe.epochs)
    averages = [part for part in parts.values() if isinstance(part, Average)]
    parts = {"model": model, **parts} | ({"monitor": monitor} if monitor else {})
    first, history, seconds = 0, {}, 0.0
    state_file = Path(state_file) if state_file else None
    if state_file and parallel.rank() == 0:
        state.check(state_file)
    if resume and state_file and state_file.exists():
        first, history, seconds = state.restore(state_file, parts, recipe, device)

    hidden = quiet or parallel.rank() > 0
    taken = batches * first
    bar = tqdm(total=batches * recipe.epochs, initial=taken, desc=recipe.name, disable=hidden, unit="step")
    for epoch in range(first, recipe.epochs):
        started = time.perf_counter()
        torch.manual_seed(recipe.seed * 1_000_003 + epoch)  # noise of this epoch; the prime keeps seeds apart
        order = _order(len(images), batches * needed).to(device)
        totals = {}
        for index in order.split(needed):
            index = parallel.share(index)
            x, y = scaled(images[index]).contiguous(memory_format=layout), labels[index]
            if recipe.augment:
                x = recipe.augment(x)
            # Sums stay on the device: reading a number here would make every step wait for the device.
            # No cache of converted weights, since a step changes the weights more than once.
            with torch.autocast(device.type, torch.bfloat16, enabled=bf16, cache_enabled=False):
                scalars = step(x, y)
            for name, value in scalars.items():
                totals[name] = totals.get(name, 0) + value
            bar.update()
            taken += 1
            yield taken, batches * recipe.epochs, history
        for name, total in totals.items():
            history.setdefault(name, []).append(total.item() / batches)
        if not all(math.isfinite(values[-1]) for values in history.values()):
            raise FloatingPointError(f"{recipe.name} diverged in epoch {epoch + 1}: {history}")
        seconds += time.perf_counter() - started
        if monitor and parallel.rank() == 0:
            for name, value in _monitored(monitor, model, averages).items():
                history.setdefault(name, []).append(value)
        bar.set_postfix({name: f"{values[-1]:.4g}" for name, values in history.items()})
        if state_file and parallel.rank() == 0:
            progress = {"epoch": epoch + 1, "history": history, "seconds": seconds, "device": device.type}
            state.write(state_file, parts, recipe, **progress)
    bar.close()
    for average in averages:
        average.finish()
    return history, seconds


def _order(images, needed):
    """`needed` indices: permutations one after another, the last one truncated."""
    return torch.cat([torch.randperm(images) for _ in range(-(-needed // images))])[:needed]


def _monitored(monitor, model, averages):
    with contextlib.ExitStack() as stack:
        for average in averages:
            stack.enter_context(average.in_place())
        values = monitor(model.eval())
    model.train()
    return values
