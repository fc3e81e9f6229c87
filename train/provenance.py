"""The device, versions and commit of a training, as recorded in cards and recordings."""

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
WORDS = ("title", "summary")  # fields of a recipe that do not affect the weights


def device_name(device: torch.device) -> str:
    """A GPU's name or the number of CPU threads, and how many processes trained together."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} × {parallel.world()}"
    return f"{device.type}, {torch.get_num_threads()} threads × {parallel.world()}"


def versions() -> dict[str, Any]:
    """{"versions": of Python and torch, "commit": the repository's, "uncommitted": whether Python files differ from it,
    including new ones}; the last two are None without git or a repository."""
    commit, changed = git("rev-parse", "--short", "HEAD"), git("status", "--porcelain", "--", "*.py")
    return {
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "commit": commit or None,
        "uncommitted": None if changed is None or not commit else bool(changed),
    }


def git(*arguments: str) -> str | None:
    """The output of git in the folder of this code, or None if it fails."""
    try:
        ran = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:  # a finished training must not be lost for lack of git
        return None
    return ran.stdout.strip() if ran.returncode == 0 else None


def digest(recipe: dict[str, Any]) -> str:
    """sha256 of a recipe as JSON values, independent of the order of its fields and of WORDS."""
    decisive = {name: value for name, value in recipe.items() if name not in WORDS}
    return hashlib.sha256(json.dumps(decisive, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
