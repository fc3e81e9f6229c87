"""Inception features of real pictures, kept on disk: minutes to compute, and the same for every model."""

import contextlib
import hashlib
import os
from pathlib import Path

import numpy as np
import torch

from data.folders import cache

WIDTH = 2048


def path(images: np.ndarray | torch.Tensor) -> Path:
    """Where the features of uint8 pictures (N, C, H, W) lie: the name comes from the pictures themselves."""
    images = np.ascontiguousarray(images)
    name = hashlib.sha256(str(images.shape).encode() + images.tobytes()).hexdigest()[:32]
    return cache() / "inception" / f"{name}.npy"


def read(images: np.ndarray | torch.Tensor) -> torch.Tensor | None:
    """(N, 2048) float32 of these pictures, or None where they were never kept or the file is damaged."""
    try:
        table = np.load(path(images), allow_pickle=False)
    except (OSError, ValueError):
        return None
    if table.shape != (len(images), WIDTH) or table.dtype != np.float32 or not np.isfinite(table).all():
        return None
    return torch.from_numpy(table)


def write(images: np.ndarray | torch.Tensor, table: torch.Tensor) -> None:
    """Keep them, in one atomic step; a folder that cannot be written costs time only, so it is no error."""
    file = path(images)
    part = file.with_name(f"{file.stem}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(part, "wb") as target:
            np.save(target, np.asarray(table, np.float32))
        os.replace(part, file)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
