"""Checkpoints that belong to one visit: files in a temporary folder of this process, under names nobody can guess.

    name = named(token, "roses")        "visit_9f2c…_roses": `checkpoints.path` finds it in the visit's own folder
    delete(token)                       when the visit ends, or the visitor asks for it

`checkpoints.gallery` does not list them. The folder is removed with the process; if a process was killed, the next one
that starts on the machine removes it.
"""

from __future__ import annotations

import atexit
import functools
import re
import secrets
import shutil
import tempfile
import threading
from pathlib import Path

from filelock import FileLock, Timeout

NAME = re.compile(r"visit_([0-9a-f]{16})_[a-z0-9_]{1,50}")
START = "latent-lab-visits-"


def token() -> str:
    """A token for a new visit, part of the names of its checkpoints."""
    return secrets.token_hex(8)


def named(token: str, slug: str) -> str:
    """The name of a visit's checkpoint."""
    return f"visit_{token}_{slug}"


def token_of(name: str) -> str:
    """The token of the visit to which a checkpoint belongs. Raises ValueError for any other checkpoint."""
    found = NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name} belongs to no visit.")
    return found[1]


def folder_of(name: str) -> Path | None:
    """The folder of a checkpoint of this name; None if it does not belong to a visit."""
    found = NAME.fullmatch(name)
    return None if found is None else root() / found[1]


def folder(token: str) -> Path:
    """The folder of a visit, created if needed."""
    path = root() / token
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def delete(token: str) -> None:
    """Remove all checkpoints of a visit."""
    shutil.rmtree(root() / token, ignore_errors=True)


def root() -> Path:
    """The folder of all visits to this process."""
    with _MAKING:  # with only a cache, the first two visitors could create a folder each
        return _made()


@functools.cache
def _made():
    for left in Path(tempfile.gettempdir()).glob(f"{START}*"):
        _remove_if_left(left)
    path = Path(tempfile.mkdtemp(prefix=START))  # accessible only to this user
    lock = FileLock(path / "lock")
    lock.acquire()  # held until this process ends, in whatever way
    _LOCKS.append(lock)
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


_LOCKS: list[FileLock] = []
_MAKING = threading.Lock()


def _remove_if_left(folder):
    """Remove the folder if no process holds its lock any more."""
    try:
        with FileLock(folder / "lock", timeout=0):
            shutil.rmtree(folder, ignore_errors=True)
    except (Timeout, OSError):  # in use, or another user's
        return
