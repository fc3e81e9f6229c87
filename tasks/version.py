"""The version of the computing code: equal on two machines that give the same answers to the same questions."""

from __future__ import annotations

import functools
import hashlib
import platform
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = ("models", "data", "metrics", "checkpoints", "evaluate", "tasks", "train")  # the code that work runs
PACKAGES = ("torch", "torchvision", "numpy", "scipy", "scikit-learn")


@functools.cache
def version() -> str:
    """Twelve hexadecimal digits for the code of LAYERS, Python and the PACKAGES; imports none of them."""
    content = hashlib.sha256(repr(platform.python_version_tuple()[:2]).encode())
    for package in PACKAGES:
        content.update(f"{package} {metadata.version(package)}\n".encode())
    for file in sorted(file for layer in LAYERS for file in (ROOT / layer).rglob("*.py")):
        content.update(f"{file.relative_to(ROOT).as_posix()}\n".encode() + file.read_bytes())
    return content.hexdigest()[:12]
