"""Trainings that a page plays back before anyone trains, recorded into checkpoints/recorded/: one command each."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from tqdm import tqdm

from checkpoints import recorded
from evaluate.command import named_file
from train.cli import ERRORS
from train.provenance import versions


def watch(name: str, training: Any, snapshots: Iterable[Any]) -> dict:
    """Take all snapshots of one training with a progress bar; returns {settings, snapshots} as JSON values."""
    kept = []
    with tqdm(total=training.settings.steps, desc=name, unit="step") as bar:
        for snapshot in snapshots:
            kept.append(snapshot.to_dict())
            bar.update(snapshot.step - bar.n)
    return {"settings": vars(training.settings), "snapshots": kept}


def store(name: str, command: str, record: Callable[[], dict]) -> None:
    """Run record() -> JSON values, store them with command, seconds and versions, and print the path.

    Ctrl-C or missing data end the process with one sentence, and nothing is stored.
    """
    started = time.perf_counter()
    try:
        values = record()
    except KeyboardInterrupt:
        sys.exit("\nStopped; nothing was stored.")
    except ERRORS as error:
        sys.exit(str(error))
    run = {"command": command, "seconds": round(time.perf_counter() - started, 1)} | versions()
    try:
        file = recorded.write(name, run | values)
    except OSError as error:
        sys.exit(named_file(error))
    print(f"checkpoints/recorded/{file.name}: {file.stat().st_size / 1000:.0f} kB, {run['seconds']} s")
