"""Files that a person brings: named, and read only when it is their turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.images import DataError
from data.pictures import LARGEST_BYTES, PictureError

MOST = 20_000  # files in a zip or a folder
IGNORED = ("__macosx", "thumbs.db", "desktop.ini")  # what systems put beside pictures


@dataclass(frozen=True)
class File:
    """name: as the person knows it, with the folders above it and "/" between. read() gives its bytes, or raises
    PictureError."""

    name: str
    read: Callable[[], bytes]

    @property
    def ignored(self) -> bool:
        """Whether no person made it: hidden files, and what systems add."""
        parts = self.name.lower().split("/")
        return any(part in IGNORED or part.startswith(".") for part in parts if part not in (".", ".."))

    @property
    def is_table(self) -> bool:
        return self.name.lower().endswith((".csv", ".tsv"))


def readable(text: str) -> str:
    """Names of files as text that can be printed: bytes that are no UTF-8, as other systems write them, become “?”."""
    return text.encode(errors="replace").decode()


def of_folder(folder: Path) -> list[File]:
    """All files of a folder on this machine's disk and of those in it, by name; links that lead out of it are left out.

    Raises DataError where there is no such folder, or it holds too many files.
    """
    root = folder.expanduser().resolve()
    if not root.is_dir():
        raise DataError(f"There is no folder {folder}; --images takes a folder or a zip with pictures.")
    found = []
    for path in sorted(root.rglob("*")):
        if not path.is_file() or not path.resolve().is_relative_to(root):
            continue
        found.append(File(readable(path.relative_to(root).as_posix()), lambda path=path: _read(path)))
        if len(found) > MOST:
            raise DataError(f"{folder} holds more than {MOST:,} files; name a folder with fewer.")
    return found


def _read(path):
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise PictureError(f"The file cannot be read ({error.strerror}).") from None


def classes_of(names: Sequence[str]) -> list[str] | None:
    """The folder of each file below what all have in common, one folder a class; None where they name no classes.

    A file that lies beside folders means that folders are no classes.
    """
    folders = [name.split("/")[:-1] for name in names]
    common = 0
    while folders and all(len(parts) > common for parts in folders) and len({parts[common] for parts in folders}) == 1:
        common += 1
    if not all(len(parts) > common for parts in folders) or len({parts[common] for parts in folders}) < 2:
        return None
    return [parts[common] for parts in folders]
