"""The state of an unfinished training in one file, written atomically after every epoch.

If a state cannot be written, the training continues: the previous one is kept, and the next epoch tries again.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from checkpoints import files
from train.recipe import Recipe


class ResumeError(Exception):
    """A saved state that does not belong to this training or is damaged; the text is one sentence for the person."""


def check(file: Path) -> None:
    """Raise ValueError with one sentence if no state can be written here; call before a training."""
    probe = file.with_name(f"{file.name}.probe")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        files.write(probe, b"state")
        probe.unlink()
    except OSError as error:
        raise ValueError(
            f"The state of the training cannot be kept in {file.parent} ({error.strerror}); name another folder with "
            "--runs."
        ) from None


def write(file: Path, parts: Mapping[str, Any], recipe: Recipe, **progress: Any) -> None:
    """Write the state_dict of all parts, with progress: epoch, history, seconds, and the kind of device.

    If that fails, as on a full disk, it prints a sentence and keeps the previous state.
    """
    content = io.BytesIO()
    state = {name: part.state_dict() for name, part in parts.items()}
    torch.save({"recipe": recipe.to_json(), **progress, "state": state}, content)
    try:
        files.rewrite(file, content.getvalue())
    except OSError as error:
        tqdm.write(
            f"The state after epoch {progress['epoch']} could not be written to {file} ({error.strerror}); the "
            "training goes on, and the next epoch tries again."
        )


def restore(
    file: Path, parts: Mapping[str, Any], recipe: Recipe, device: torch.device
) -> tuple[int, dict[str, list[float]], float]:
    """Restore all parts from the file; returns (epochs done, history, seconds). Raises ResumeError.

    device: where the training continues; it must be a GPU if it started on one, where an optimiser stores its numbers
    differently than on a CPU (train/graph.py).
    """
    try:
        saved = torch.load(file, map_location="cpu", weights_only=True)
        if saved["recipe"] != recipe.to_json():
            raise ResumeError(f"{file} was written by another recipe; remove it or leave --resume out.")
        if (kind := saved.get("device", device.type)) != device.type:
            raise ResumeError(f"{file} was written by a training on {kind}; go on there, or leave --resume out.")
        if kind != "cpu":
            saved = torch.load(file, weights_only=True)  # each tensor on its former device
        for name, part in parts.items():
            part.load_state_dict(saved["state"][name])
        return saved["epoch"], saved["history"], saved["seconds"]
    except (pickle.UnpicklingError, EOFError, OSError, RuntimeError, ValueError, TypeError, LookupError) as error:
        raise ResumeError(
            f"{file} is cut or damaged ({type(error).__name__}); remove it, and the training begins again."
        ) from None
