"""What the commands share that record a training for the app (checkpoints.recorded)."""

import platform
import sys
import time

import torch
from tqdm import tqdm

from checkpoints import recorded


def watch(name, training, snapshots):
    """Go through the snapshots of one training under a progress bar and return {settings, snapshots} as JSON values."""
    kept = []
    with tqdm(total=training.settings.steps, desc=name, unit="step") as bar:
        for snapshot in snapshots:
            kept.append(snapshot.to_dict())
            bar.update(snapshot.step - bar.n)
    return {"settings": vars(training.settings), "snapshots": kept}


def store(name, command, record):
    """Run record() -> JSON values, store them with command, seconds and versions, and say where. Ctrl-C stores none."""
    started = time.perf_counter()
    try:
        values = record()
    except KeyboardInterrupt:
        sys.exit("\nStopped; nothing was stored.")
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    run = {"command": command, "seconds": round(time.perf_counter() - started, 1), "versions": versions}
    file = recorded.write(name, run | values)
    print(f"checkpoints/recorded/{file.name}: {file.stat().st_size / 1000:.0f} kB, {run['seconds']} s")
