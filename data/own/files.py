"""A visitor's files: listed first, and read one by one later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.images import DataError
from data.pictures import LARGEST_BYTES, PictureError

MOST = 20_000  # files in a zip or a folder
IGNORED = ("__macosx", "thumbs.db", "desktop.ini")  # files that operating systems add


@dataclass(frozen=True)
class File:
    """name: as the visitor knows it, with its folders, separated by "/". read() returns its bytes, or raises
    PictureError."""

    name: str
    read: Callable[[], bytes]

    @property
    def ignored(self) -> bool:
        """Whether it is a hidden file, or one that operating systems add."""
        parts = self.name.lower().split("/")
        return any(part in IGNORED or part.startswith(".") for part in parts if part not in (".", ".."))

    @property
    def is_table(self) -> bool:
        return self.name.lower().endswith((".csv", ".tsv"))


def readable(text: str) -> str:
    """A file name as printable text: bytes that are not UTF-8, as from other systems, become “?”."""
    return text.encode(errors="replace").decode()


def of_folder(folder: Path) -> list[File]:
    """All files of a folder on this machine and its subfolders, by name, except links that lead out of it.

    Raises DataError if there is no such folder, or it has too many files.
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
    """The class of each file: its folder below the common parent; None if folders are not classes.

    Folders are not classes if any file is next to a folder.
    """
    folders = [name.split("/")[:-1] for name in names]
    common = 0
    while folders and all(len(parts) > common for parts in folders) and len({parts[common] for parts in folders}) == 1:
        common += 1
    if not all(len(parts) > common for parts in folders) or len({parts[common] for parts in folders}) < 2:
        return None
    return [parts[common] for parts in folders]
