"""Arrays from an npz file, without pickles; a damaged or wrong file raises DataError with one sentence."""

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data import bounded
from data.images import DataError

DAMAGED = (
    *(OSError, ValueError, KeyError, EOFError, AttributeError, TypeError, NotImplementedError, RuntimeError),
    *(MemoryError, zlib.error, zipfile.BadZipFile),  # a header may state any size
)


def read(path: Path, *keys: str, optional: Sequence[str] = ()) -> list:
    """The arrays of these keys, in this order; None for a missing optional one. Raises DataError."""
    try:
        with zipfile.ZipFile(path) as archive:
            bounded.check(sum(file.file_size for file in archive.infolist()), bounded.LARGEST, path)
        with np.load(path, allow_pickle=False) as arrays:
            return [arrays[key] for key in keys] + [arrays.get(key) for key in optional]
    except DAMAGED:
        raise DataError(f"{path} is damaged, or not the npz file that belongs here: replace it.") from None


def check(path: Path, array: np.ndarray, shape: Sequence[int | None]) -> None:
    """Raises DataError unless the array is uint8, not empty and of this shape, as (None, 28, 28) for (N, 28, 28)."""
    fits = array.ndim == len(shape) and all(want in (None, size) for want, size in zip(shape, array.shape, strict=True))
    if not fits or array.dtype != np.uint8 or not len(array):
        wanted = "×".join("N" if size is None else str(size) for size in shape)
        raise DataError(f"{path} holds {array.dtype} {array.shape} where bytes of {wanted} belong.")


def whole(path: Path, array: np.ndarray, count: int, below: int) -> np.ndarray:
    """Labels or row numbers (count,) as int64; raises DataError unless they are whole numbers from 0 to `below` − 1."""
    fits = array.shape == (count,) and array.dtype.kind in "iu" and ((array >= 0) & (array < below)).all()
    if not fits:
        raise DataError(
            f"{path} holds {array.dtype} {array.shape} where {count:,} whole numbers from 0 to {below - 1:,} belong: "
            "replace it."
        )
    return array.astype(np.int64)
