"""The idx format of MNIST: 0, 0, type, number of axes, the sizes as big-endian int32, then the values (LeCun et al.).

The sets here use unsigned bytes (type 8) only. Files may be gzipped. (torchvision's reader would import torch.)
"""

import gzip
import io
import math
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data.images import DataError

UNSIGNED_BYTE = 8


def read(path: Path, shape: Sequence[int]) -> np.ndarray:
    """The uint8 array of an idx file, of the given shape, such as (10000, 28, 28).

    Raises DataError if the file is damaged or its array has another shape.
    """
    header = 4 + 4 * len(shape)
    try:
        raw = path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(raw)) as unpacked:
                raw = unpacked.read(
                    header + math.prod(shape) + 1
                )  # reads to the end, where gzip checks the CRC-32, or beyond
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise DataError(f"{path} is cut off or damaged: delete it and download the set again.") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from None
    if len(raw) < header or raw[:4] != bytes([0, 0, UNSIGNED_BYTE, len(shape)]):
        raise DataError(f"{path} is not an idx file of {len(shape)} axes: delete it and download the set again.")
    announced = struct.unpack(f">{len(shape)}i", raw[4:header])
    if announced != tuple(shape):
        raise DataError(f"{path} announces {_times(announced)} values where {_times(shape)} belong.")
    values = np.frombuffer(raw, np.uint8, offset=header)
    if values.size != np.prod(shape):
        raise DataError(f"{path} holds {values.size} values where {_times(shape)} belong.")
    return values.reshape(shape).copy()  # a view of `raw` would be read-only


def _times(shape):
    return "×".join(f"{size:,}" for size in shape)
