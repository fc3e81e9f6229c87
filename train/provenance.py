"""Where, with what and from which code a training ran: what cards and recordings say of it."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from pathlib import Path
from typing import Any

import torch

from train import parallel

ROOT = Path(__file__).parent.parent
WORDS = ("title", "summary")  # fields of a recipe that decide no weight


def device_name(device: torch.device) -> str:
    """A GPU's name or the number of CPU threads, and how many processes trained together."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} × {parallel.world()}"
    return f"{device.type}, {torch.get_num_threads()} threads × {parallel.world()}"


def versions() -> dict[str, Any]:
    """{"versions": of Python and torch, "commit": the repository's, "uncommitted": whether Python files differ from it,
    new ones included}; the last two are None where git or the repository is missing."""
    commit, changed = git("rev-parse", "--short", "HEAD"), git("status", "--porcelain", "--", "*.py")
    return {
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "commit": commit or None,
        "uncommitted": None if changed is None or not commit else bool(changed),
    }


def git(*arguments: str) -> str | None:
    """What git prints in the folder of this code, or None where that fails."""
    try:
        ran = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:  # no git: a finished training is not lost for that
        return None
    return ran.stdout.strip() if ran.returncode == 0 else None


def digest(recipe: dict[str, Any]) -> str:
    """sha256 of a recipe as JSON values, whatever the order of its fields and but for WORDS."""
    decisive = {name: value for name, value in recipe.items() if name not in WORDS}
    return hashlib.sha256(json.dumps(decisive, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
