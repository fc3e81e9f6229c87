"""Files that are whole at every moment, also when a process is killed while it writes.

A checkpoint is several files that belong together. They are written beside the ones they replace, flushed to the disk,
and renamed one after another, the weights first and the card last. A process that is killed before the first rename
leaves the old files. One that is killed between two renames leaves the new ones, the last of them still under the name
of their part: `current` finds them there, and the next `replace` finishes the renames.
"""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path


def part(file: Path) -> Path:
    """Where a file of a `replace` is written before it takes the place of the old one."""
    return file.with_name(f"{file.name}.part")


def current(file: Path, first: Path, last: Path) -> Path:
    """Where the content of `file` is, one of those that a `replace` writes from `first` to `last`."""
    cut = part(last).exists() and not part(first).exists()  # killed between the first and the last rename
    return part(file) if cut and part(file).exists() else file


def replace(contents: dict[Path, bytes | None]) -> None:
    """Write all files or none of them, in this order; None (not of the first or last) leaves the file as it is."""
    files = list(contents)
    finish(files)
    for file in reversed(files):  # what a killed process left, the last first: the others alone mean nothing
        part(file).unlink(missing_ok=True)
    written = {file: content for file, content in contents.items() if content is not None}
    try:
        for file, content in written.items():
            write(part(file), content)
    except OSError:  # a full disk: what was written for nothing goes, the last first
        for file in reversed(files):
            part(file).unlink(missing_ok=True)
        raise
    for file in written:
        os.replace(part(file), file)


def finish(files: Iterable[Path]) -> None:
    """Carry out the renames that a `replace` of these files did not come to."""
    files = list(files)
    for file in files:
        place = current(file, files[0], files[-1])
        if place != file:
            os.replace(place, file)


def rewrite(file: Path, content: bytes) -> None:
    """Write one file: it is the old or the new one at every moment."""
    aside = file.with_name(f"{file.name}.new.part")  # not the part of a `replace`
    write(aside, content)
    os.replace(aside, file)


def write(file: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk. An OSError names it and leaves none of it."""
    try:
        with open(file, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from error
