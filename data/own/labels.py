"""Classes of a visitor's pictures: from a table with a row for each file, or from their folders."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.images import DataError
from data.own.files import classes_of

MOST_CLASSES = 50
LONGEST = 40  # characters of a class
LARGEST = 10 * 2**20  # bytes of a table
FILE_COLUMNS = ("file", "filename", "file_name", "name", "image", "picture", "path", "id")
LABEL_COLUMNS = ("label", "class", "category", "target", "labels")
WITHOUT = "no label"
ONE = "picture"  # the only class if there are no others


@dataclass(frozen=True)
class Labels:
    """labels (N,) int64 into classes. notes: sentences about them for the visitor, with names of files as they are."""

    labels: np.ndarray
    classes: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether there is more than one class."""
        return len(self.classes) > 1


def table(raw: bytes, name: str) -> dict[str, str]:
    """{file: class} of a CSV or TSV with a column for each, with or without a header. Raises DataError."""
    if len(raw) > LARGEST:
        raise DataError(f"{name} has {len(raw) / 2**20:.0f} MB, and at most {LARGEST // 2**20} MB are read.")
    try:
        text = raw.decode("utf-16" if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    try:
        separator = max(",;\t", key=text.partition("\n")[0].count)
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(map(str.strip, row))]
    except csv.Error:
        rows = []
    if not rows or any(len(row) < 2 for row in rows):
        raise DataError(f"{name} is not a table with a file and its class in every row, so it names no classes.")
    head = [cell.strip().lower() for cell in rows[0]]
    file = next((head.index(word) for word in FILE_COLUMNS if word in head), None)
    label = next((head.index(word) for word in LABEL_COLUMNS if word in head), None)
    if file is not None or label is not None:
        file = (0 if label != 0 else 1) if file is None else file
        label = (1 if file != 1 else 0) if label is None else label
        rows = rows[1:]
        if not rows:
            raise DataError(f"{name} has a header and no rows below it, so it names no classes.")
    else:
        file, label = 0, 1
    if any(len(row) <= max(file, label) for row in rows):
        raise DataError(f"{name} has rows that are shorter than its first one, so it names no classes.")
    return {row[file].strip().replace("\\", "/"): row[label].strip()[:LONGEST] for row in rows}


def of(names: Sequence[str], given: Mapping[str, str] | None = None) -> Labels:
    """The classes of pictures by file name: from a table, otherwise from folders, otherwise one class for all."""
    notes = []
    if given is not None:
        known = [_looked_up(given, name) for name in names]
        missing = sum(label is None for label in known)
        if missing == len(names):
            example = next(iter(given), "")
            notes.append(
                f"The table names none of the pictures (its first file is “{example[:LONGEST]}”), so it is not used."
            )
        else:
            if missing:
                notes.append(
                    f"{missing:,} of {len(names):,} pictures are not in the table; their class is “{WITHOUT}”."
                )
            unknown = len(given) - (len(names) - missing)
            if unknown > 0:
                rows = (
                    f"{unknown:,} rows of the table name files that are"
                    if unknown > 1
                    else "One row of the table names a file that is"
                )
                notes.append(f"{rows} not here.")
            return _numbered([WITHOUT if label is None else label or WITHOUT for label in known], notes)
    folders = classes_of(names)
    return _numbered(folders or [ONE] * len(names), notes)


def _looked_up(given, name):
    path, _, last = name.rpartition("/")
    stem = last.rpartition(".")[0] or last
    return next((given[key] for key in (name, last, f"{path}/{stem}", stem) if key in given), None)


def _numbered(each, notes):
    each = [plain(name) or WITHOUT for name in each]
    classes = sorted(set(each))
    if len(classes) > MOST_CLASSES:
        notes.append(f"There are {len(classes):,} classes, and at most {MOST_CLASSES} are used, so none are.")
        each, classes = [ONE] * len(each), [ONE]
    elif len(classes) == 1 and classes[0] != ONE:
        notes.append(f"All pictures are of one class, “{classes[0]}”, so nothing is coloured by class.")
    numbers = {name: number for number, name in enumerate(classes)}
    labels = np.array([numbers[name] for name in each], np.int64)
    return Labels(labels, tuple(classes), tuple(notes))


def plain(text: str) -> str:
    """Letters, digits, spaces and hyphens of a text, at most LONGEST: safe to show on pages, which interpret markup."""
    return " ".join(re.sub(r"[^\w -]|_", " ", text).split())[:LONGEST].strip()
