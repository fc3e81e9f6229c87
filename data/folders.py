"""Folders of the full sets: one data root with one folder per set."""

import os
import sys
from pathlib import Path

FOLDERS = {
    "mnist": "mnist",
    "fashion_mnist": "fashion-mnist",
    "kmnist": "kmnist",
    "binarized_mnist": "binarized-mnist",
    "svhn": "svhn",
    "street_digits": "street-digits",
    "emoji": "emoji",
    "dsprites": "dsprites",
    "rock_paper_scissors": "rps",
    "horses_or_humans": "horses_or_humans",
}


def root() -> Path:
    """The data root: LATENT_LAB_DATA, or latent-lab in the user's cache folder. It need not exist yet."""
    if named := os.environ.get("LATENT_LAB_DATA"):
        return Path(named).expanduser()
    return cache()


def cache() -> Path:
    """latent-lab in the user's cache folder, for files that can be recreated. It need not exist yet."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "latent-lab"


def folder(name: str) -> Path:
    """The folder of a set in the data root. It need not exist yet."""
    return root() / FOLDERS[name]


def first(name: str, *files: str) -> Path | None:
    """The first of the files (relative to the set's folder) that exists, or None."""
    return next((path for file in files if (path := folder(name) / file).exists()), None)
