"""Arrays out of an npz file, without pickles, and one sentence when the file is not what it should be."""

import zipfile
import zlib

import numpy as np

from data.images import DataError


def read(path, *keys, optional=()):
    """The named arrays in this order; None for an optional one that is not in the file."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            found = [arrays[key] for key in keys]
            return found + [arrays.get(key) for key in optional]
    except (OSError, ValueError, KeyError, EOFError, AttributeError, TypeError, zlib.error, zipfile.BadZipFile):
        raise DataError(f"{path} is damaged, or not the npz file that belongs here: replace it.") from None


def check(path, array, shape):
    """The array itself if it is uint8 of this shape (None: any size), otherwise DataError."""
    fits = array.ndim == len(shape) and all(want in (None, size) for want, size in zip(shape, array.shape, strict=True))
    if not fits or array.dtype != np.uint8 or not len(array):
        wanted = "×".join("N" if size is None else str(size) for size in shape)
        raise DataError(f"{path} holds {array.dtype} {array.shape} where bytes of {wanted} belong.")
    return array
