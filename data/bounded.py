"""Files from archives with a limit on their size, since a few kilobytes can unpack to gigabytes.

The size of a file stated in an archive may be false, so unpacking stops one byte after the limit.
"""

import zipfile
from pathlib import Path
from typing import IO

from data.images import DataError

LARGEST = 2**30  # bytes of all arrays of a set in one file; the largest set has 680 MB


def read(file: IO[bytes], most: int, path: Path) -> bytes:
    """All bytes of an opened file of the archive at `path`; raises DataError for more than `most`."""
    content = file.read(most + 1)
    check(len(content), most, path)
    return content


def member(archive: zipfile.ZipFile, name: str, most: int, path: Path) -> bytes:
    """One file of a zip; raises DataError for more than `most` bytes."""
    with archive.open(name) as file:
        return read(file, most, path)


def check(size: int, most: int, path: Path) -> None:
    """Raise DataError if a size in bytes exceeds `most`."""
    if size > most:
        unit, name = (2**20, "MB") if most >= 2**20 else (2**10, "KB")
        raise DataError(
            f"{path} would unpack to more than {most // unit:,} {name}, which nothing of this set has: replace it."
        )
