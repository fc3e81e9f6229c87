"""Trainings that are killed at any moment and resumed until they end: bit-identical weights."""

import functools
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.campaign import Case, Cases

ROOT = Path(__file__).parent.parent.parent
TRAINS = """
import sys
from pathlib import Path
import checkpoints
from tests.toy_training import RECIPES
from train import cli
checkpoints.FOLDER = Path(sys.argv[1])
cli.main(RECIPES, ["toy", "--device", "cpu", "--threads", "1", "--epochs", "12", "--runs", sys.argv[1], *sys.argv[2:]])
"""


def cases(count: int, rng: np.random.Generator) -> Cases:
    """One training that is not killed, and others that are killed repeatedly."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        train(folder)
        whole = (Path(folder) / "toy.safetensors").read_bytes()
    lasted = time.perf_counter() - started
    left, number = count, 0
    while left > 0:
        moments = [float(moment) for moment in rng.uniform(0.3, 1.1, size=min(left, 4)) * lasted]
        left, number = left - len(moments), number + 1
        words = f"{number}: killed after {', '.join(f'{moment:.1f}' for moment in moments)} s"
        yield Case(words, functools.partial(attempt, moments, whole))


def train(folder: str, *options: str, kill: float | None = None) -> None:
    """Run the command until it ends, or is killed after so many seconds."""
    process = subprocess.Popen([sys.executable, "-c", TRAINS, folder, *options], cwd=ROOT, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        process.wait(kill)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def attempt(moments: list[float], whole: bytes) -> None:
    """Kill one training at these moments, let it end, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        for moment in moments:
            train(folder, "--resume", kill=moment)
        train(folder, "--resume")
        assert (Path(folder) / "toy.safetensors").read_bytes() == whole, "the weights are others"
        assert not (Path(folder) / "toy.pt").exists(), "a state was left"
