"""Where and with what a training ran: what cards and recordings say of it."""

from __future__ import annotations

import platform
import subprocess

import torch

from train import parallel


def device_name(device: torch.device) -> str:
    """A GPU's name or the number of CPU threads, and how many processes trained together."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} × {parallel.world()}"
    return f"{device.type}, {torch.get_num_threads()} threads × {parallel.world()}"


def versions() -> dict:
    """{"versions": of Python and torch, "commit": the repository's, or None where git or the repository is missing}."""
    try:
        git = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
        commit = git.stdout.strip() or None
    except OSError:  # no git: a finished training is not lost for that
        commit = None
    return {"versions": {"python": platform.python_version(), "torch": torch.__version__}, "commit": commit}
