"""Features of real pictures from large networks, cached on disk: they take minutes, and all models share them.

kind: the folder, named after the network; width: features per picture. By default Inception's.
"""

import contextlib
import hashlib
import io
from pathlib import Path

import numpy as np
import torch

from checkpoints.files import rewrite
from data.folders import cache

WIDTH = 2048


def path(images: np.ndarray | torch.Tensor, kind: str = "inception") -> Path:
    """The file for the features of uint8 pictures (N, C, H, W); its name is a digest of the pictures."""
    images = np.ascontiguousarray(images)
    name = hashlib.sha256(str(images.shape).encode() + images.tobytes()).hexdigest()[:32]
    return cache() / kind / f"{name}.npy"


def read(images: np.ndarray | torch.Tensor, kind: str = "inception", width: int = WIDTH) -> torch.Tensor | None:
    """Features (N, width) float32 of these pictures, or None if there is no file or it is damaged."""
    try:
        table = np.load(path(images, kind), allow_pickle=False)
    except (OSError, ValueError):
        return None
    if table.shape != (len(images), width) or table.dtype != np.float32 or not np.isfinite(table).all():
        return None
    return torch.from_numpy(table)


def write(images: np.ndarray | torch.Tensor, table: torch.Tensor, kind: str = "inception") -> None:
    """Store features (N, width) of pictures (N, C, H, W) uint8, atomically.

    A folder that cannot be written only costs time, so it is not an error.
    """
    file, content = path(images, kind), io.BytesIO()
    np.save(content, np.asarray(table, np.float32))
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        rewrite(file, content.getvalue())
