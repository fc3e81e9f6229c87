"""Files that are complete at every moment, even if a process is killed while it writes.

A checkpoint is several files that belong together. They are written next to the ones they replace, flushed to the disk,
and renamed one after another, first the weights and last the card. A process killed before the first rename leaves the
old files. A process killed between two renames leaves the new ones, some still under their temporary names: `current`
finds them there, and the next `replace` finishes the renames.
"""

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def part(file: Path) -> Path:
    """The temporary name under which `replace` writes a file before the rename."""
    return file.with_name(f"{file.name}.part")


def current(file: Path, first: Path, last: Path) -> Path:
    """Where the content of `file` is: one of the files that a `replace` writes, from `first` to `last`."""
    cut = part(last).exists() and not part(first).exists()  # killed between the first and the last rename
    return part(file) if cut and part(file).exists() else file


def replace(contents: dict[Path, bytes | None]) -> None:
    """Write all files or none of them, in this order; None (not of the first or last) leaves the file as it is."""
    files = list(contents)
    finish(files)
    for file in reversed(files):  # leftovers of a killed process, the last file first: without it the others are void
        part(file).unlink(missing_ok=True)
    written = {file: content for file, content in contents.items() if content is not None}
    try:
        for file, content in written.items():
            write(part(file), content)
    except OSError:  # a full disk: remove the temporary files, the last one first
        for file in reversed(files):
            part(file).unlink(missing_ok=True)
        raise
    for file in written:
        os.replace(part(file), file)


def finish(files: Iterable[Path]) -> None:
    """Finish the renames of an interrupted `replace` of these files."""
    files = list(files)
    for file in files:
        place = current(file, files[0], files[-1])
        if place != file:
            os.replace(place, file)


def rewrite(file: Path, content: bytes) -> None:
    """Replace one file atomically, also if several processes do so at once: the last one wins."""
    aside = file.with_name(f"{file.name}.{secrets.token_hex(4)}.new.part")  # for this call only
    try:
        write(aside, content)
        os.replace(aside, file)
    except BaseException:  # also if the program is ended: nothing else would remove a file with this name
        aside.unlink(missing_ok=True)
        raise


def write(file: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk. On an OSError, which names the file, it is removed."""
    try:
        with open(file, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from error
