"""The idx format of MNIST: 0, 0, type, number of axes, the sizes as big-endian int32, then the values.

Only unsigned bytes (type 8) occur in the sets here. Files may be gzipped.
"""

import gzip
import struct
import zlib

import numpy as np

from data.images import DataError

UNSIGNED_BYTE = 8


def read(path, shape):
    """The array of an idx file, uint8. `shape` is what it must be; raises DataError if the file is anything else."""
    try:
        raw = path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)  # also checks the file's CRC-32
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise DataError(f"{path} is cut off or damaged: delete it and download the set again.") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from None
    header = 4 + 4 * len(shape)
    if len(raw) < header or raw[:4] != bytes([0, 0, UNSIGNED_BYTE, len(shape)]):
        raise DataError(f"{path} is not an idx file of {len(shape)} axes: delete it and download the set again.")
    found = struct.unpack(f">{len(shape)}i", raw[4:header])
    if found != tuple(shape):
        raise DataError(f"{path} announces {_times(found)} values where {_times(shape)} belong.")
    values = np.frombuffer(raw, np.uint8, offset=header)
    if values.size != np.prod(shape):
        raise DataError(f"{path} holds {values.size} values where {_times(shape)} belong.")
    return values.reshape(shape).copy()  # the view on `raw` would be read-only


def write(path, array):
    """Write a uint8 array as a gzipped idx file, the same bytes every time (no date in the header)."""
    assert array.dtype == np.uint8
    header = bytes([0, 0, UNSIGNED_BYTE, array.ndim]) + struct.pack(f">{array.ndim}i", *array.shape)
    path.write_bytes(gzip.compress(header + array.tobytes(), mtime=0))


def _times(shape):
    return "×".join(f"{size:,}" for size in shape)
