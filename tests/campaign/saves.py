"""Processes that are killed while they write checkpoints: one complete checkpoint can then be read."""

import functools
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
import torch

import checkpoints
from tests.campaign import Case, Cases

ROOT = Path(__file__).parent.parent.parent
WRITES = """
import sys
from pathlib import Path
import numpy as np
import torch
import checkpoints
from models.vae import MLPVAE
from tests.toy_card import toy_card
checkpoints.FOLDER = Path(sys.argv[1])
model = MLPVAE(latent=3, hidden=2000, shape=(1, 4, 4))
for number in range(1_000_000):
    with torch.no_grad():
        for weights in model.parameters():
            weights.fill_(number % 1000)
    codes = np.full((100_000, 3), number % 1000, np.float32)
    card = toy_card(title=str(number % 1000), arguments={"latent": 3, "hidden": 2000, "shape": [1, 4, 4]})
    checkpoints.save(model, card, {"codes": codes})
    if number == 0:
        print("written", flush=True)
"""


def cases(count: int, rng: np.random.Generator) -> Cases:
    for number in range(count):
        seconds = float(rng.uniform(0, 0.3))
        yield Case(f"{number}: killed after {seconds:.3f} s", functools.partial(attempt, seconds))


def attempt(seconds: float) -> None:
    """Kill a process that writes one checkpoint after another, and read what is there."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        command = [sys.executable, "-c", WRITES, folder]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()  # the first one is whole
            time.sleep(seconds)
            os.kill(process.pid, signal.SIGKILL)
        patch.setattr(checkpoints, "FOLDER", Path(folder))
        card, network, preview = checkpoints.read("toy"), checkpoints.load("toy"), checkpoints.preview("toy")
        number = float(card.title)
        assert all(torch.all(weights == number) for weights in network.parameters()), "the weights are others"
        assert (preview["codes"] == number).all(), "the preview is another"
