"""The files of a zip of pictures, of which only one at a time is unpacked.

A few hundred kilobytes can contain a hundred thousand files, or a few that unpack to gigabytes. So the number of files
is read from the end of the archive before its directory, no file is unpacked beyond the size of a picture, and all
together not beyond MOST_UNPACKED. Nothing is written to a disk, so paths that lead out of the archive do no harm; such
files are left out all the same, since no program for pictures writes them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from data.images import DataError
from data.own.files import MOST, File
from data.pictures import LARGEST_BYTES, PictureError

LARGEST = 200 * 2**20  # bytes of a zip
MOST_UNPACKED = 2**30  # bytes of all files that are read
END, END_SIZE = b"PK\x05\x06", 22  # of the record at the end of a zip
LOCATOR, LOCATOR_SIZE = b"PK\x06\x07", 20  # before that record, if there is a second one, for more than 65,535 files
LISTED = 512  # most bytes of a file's entry in the directory of an archive: 46 and its name
KIND = b"PK\x03\x04"
DAMAGED = "is damaged or cut off; pack the pictures again, and choose it once more."


def is_zip(raw: bytes) -> bool:
    """Whether a file begins like a zip, or ends like an empty one."""
    return raw[:4] in (KIND, END)


def files(raw: bytes, name: str) -> list[File]:
    """The files of a zip, by name, without folders; raises DataError with one sentence if it cannot be used at all."""
    if len(raw) > LARGEST:
        raise DataError(f"{name} has {len(raw) / 2**20:,.0f} MB, and at most {LARGEST // 2**20} MB are read.")
    _check_count(raw, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        raise DataError(f"{name} {DAMAGED}") from None
    if len(entries) > MOST:
        raise DataError(_too_many(name, len(entries)))
    room = [MOST_UNPACKED]
    return [
        File(entry.filename.replace("\\", "/"), lambda entry=entry: _member(archive, entry, room))
        for entry in sorted(entries, key=lambda entry: entry.filename)
    ]


def _too_many(name, count):
    return f"{name} holds {count:,} files, and at most {MOST:,} are read; pack a part of them."


def _check_count(raw, name):
    """Check the size of an archive's directory, which zipfile would read completely, whatever the machine's memory."""
    place = raw.rfind(END, max(0, len(raw) - END_SIZE - 2**16))
    if place < 0 or len(raw) < place + END_SIZE:
        raise DataError(f"{name} {DAMAGED}" if raw[:4] == KIND else f"{name} is not a zip archive.")
    *_, count, size, _, _ = struct.unpack("<4s4H2LH", raw[place : place + END_SIZE])
    if raw[max(0, place - LOCATOR_SIZE) : place].startswith(LOCATOR):
        raise DataError(f"{name} is packed for more than 65,535 files, and at most {MOST:,} are read; pack fewer.")
    if count > MOST:
        raise DataError(_too_many(name, count))
    if size > MOST * LISTED:
        raise DataError(f"{name} holds a list of more than {MOST:,} files; pack fewer, or give them shorter names.")


def _member(archive, entry, room):
    path = entry.filename.replace("\\", "/")
    if path.startswith("/") or ":" in path.split("/")[0] or ".." in path.split("/"):
        raise PictureError("Its path leads out of the zip; pack the pictures again.")
    if entry.flag_bits & 1:
        raise PictureError("It is encrypted; pack the pictures without a password.")
    if entry.file_size > LARGEST_BYTES:
        raise PictureError(f"It unpacks to more than {LARGEST_BYTES // 2**20} MB; make the picture smaller first.")
    try:
        with archive.open(entry) as opened:
            raw = opened.read(LARGEST_BYTES + 1)  # its size in the directory may be false
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, RuntimeError, ValueError):
        raise PictureError("It cannot be unpacked: the zip is damaged here.") from None
    except Exception:  # bz2, lzma and others raise their own errors
        raise PictureError("It cannot be unpacked: the zip is damaged here.") from None
    room[0] -= len(raw)
    if room[0] < 0:
        raise PictureError(f"All files together unpack to more than {MOST_UNPACKED // 2**20:,} MB; pack fewer.")
    return raw
