"""Reads a visitor's files one by one into small pictures, and reports those that cannot be read."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from data.images import DataError
from data.own import archive, labels
from data.own.files import File
from data.own.labels import Labels
from data.pictures import PictureError, read_picture

MOST_PICTURES = 5_000
KEPT = 96  # pixels of a kept picture's shorter side; inputs have at most 64
LONGEST = 384  # pixels of the longer side
ROOM = 2**30  # bytes for the pictures of all visits to a server


@dataclass(frozen=True)
class Problem:
    """A file that was left out, and why, in one sentence."""

    name: str
    reason: str


class Room:
    """The memory in bytes that a server has for the pictures of all visits."""

    def __init__(self, most: int = ROOM) -> None:
        self.most, self.used, self._lock = most, 0, threading.Lock()

    def take(self, count: int) -> None:
        """Reserve bytes; raises DataError with one sentence if there are not enough."""
        with self._lock:
            if self.used + count > self.most:
                raise DataError(
                    "This server holds as many pictures of its visitors as it can; bring fewer, or come again later."
                )
            self.used += count

    def give(self, count: int) -> None:
        """Give back reserved bytes."""
        with self._lock:
            self.used -= count


ROOM_OF_SERVER = Room()


class Intake:
    """The pictures of some files, which `steps` reads one by one.

    names: of the pictures that were read. pictures: each (H, W) or (H, W, 3) uint8. problems: files left out.
    table: {file: class} if there is a table among the files. Raises DataError if there is nothing to read.
    """

    def __init__(self, files: Sequence[File], room: Room = ROOM_OF_SERVER) -> None:
        self.files = [file for file in files if not file.ignored]
        if not self.files:
            raise DataError("There are no files in it; choose pictures, or a zip or folder that holds some.")
        pictures = sum(not file.is_table for file in self.files)
        if pictures > MOST_PICTURES:
            raise DataError(
                f"There are {pictures:,} files, and at most {MOST_PICTURES:,} pictures are taken; bring fewer."
            )
        self.names: list[str] = []
        self.pictures: list[np.ndarray] = []
        self.problems: list[Problem] = []
        self.table: dict[str, str] | None = None
        self.files_read = 0
        self._room, self._taken = room, 0

    def __len__(self) -> int:
        return len(self.pictures)

    @property
    def finished(self) -> bool:
        return self.files_read == len(self.files)

    def steps(self) -> Iterator[None]:
        """Read the files, one per step. Raises DataError if there is no room for them."""
        for file in self.files[self.files_read :]:
            try:
                if file.is_table:
                    self.table = labels.table(file.read(), file.name)
                else:
                    self._keep(file.name, read_picture(file.read()))
            except PictureError as error:
                self.problems.append(Problem(file.name, str(error)))
            except DataError as error:
                if not file.is_table:
                    self.release()
                    raise
                self.problems.append(Problem(file.name, str(error)))
            self.files_read += 1
            yield

    def read(self) -> Intake:
        """Read all files at once."""
        for _ in self.steps():
            pass
        return self

    def _keep(self, name, picture):
        kept = small(picture)
        self._room.take(kept.nbytes)
        self._taken += kept.nbytes
        self.names.append(name)
        self.pictures.append(kept)

    def release(self) -> None:
        """Forget the pictures."""
        self._room.give(self._taken)
        self._taken = 0
        self.names, self.pictures = [], []

    def classes(self) -> Labels:
        """The classes of the pictures."""
        return labels.of(self.names, self.table)


def small(picture: Image.Image) -> np.ndarray:
    """An RGB picture, reduced to the size that is kept: (H, W) uint8 if it is grey, otherwise (H, W, 3)."""
    scale = min(1.0, KEPT / min(picture.size), LONGEST / max(picture.size))
    if scale < 1:
        width, height = (max(1, round(length * scale)) for length in picture.size)
        picture = picture.resize((width, height), Image.Resampling.BOX)
    array = np.asarray(picture)
    return array[..., 0].copy() if (array == array[..., :1]).all() else array


def opened(name: str, raw: bytes) -> list[File]:
    """The files in an upload: those of a zip, otherwise the upload itself. Raises DataError."""
    if archive.is_zip(raw):
        return archive.files(raw, name)
    return [File(name, lambda: raw)]
