"""The idx format: arrays of every number of axes, and one sentence for each kind of damage."""

import gzip

import numpy as np
import pytest

import data
from data import idx
from tests.data import files

RANDOM = np.random.RandomState(0)


@pytest.mark.parametrize("shape", [(7,), (3, 4, 5), (0, 28, 28)])
def test_arrays_are_read_packed_and_unpacked(tmp_path, shape):
    array = RANDOM.randint(0, 256, shape).astype(np.uint8)
    packed = files.idx(array)
    for content in (packed, gzip.decompress(packed)):
        (tmp_path / "x").write_bytes(content)
        again = idx.read(tmp_path / "x", shape)
        assert np.array_equal(again, array)
        assert again.flags.writeable


def packed(header, body):
    return gzip.compress(bytes(header) + body, mtime=0)  # the same bytes in every process


GOOD = packed([0, 0, 8, 1, 0, 0, 0, 5], b"01234")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (GOOD[:-9], "cut off or damaged"),
        (GOOD[:15] + bytes([GOOD[15] ^ 1]) + GOOD[16:], "cut off or damaged"),
        (GOOD[:-6] + bytes([GOOD[-6] ^ 1]) + GOOD[-5:], "cut off or damaged"),  # its checksum
        (GOOD[:2], "cut off or damaged"),
        (RANDOM.bytes(500), "not an idx file"),
        (b"", "not an idx file"),
        (b"<html>404</html>", "not an idx file"),
        (packed([0, 0, 8], b""), "not an idx file"),
        (packed([0, 0, 9, 1, 0, 0, 0, 5], b"01234"), "not an idx file"),
        (packed([0, 0, 8, 2, 0, 0, 0, 5], b"01234"), "not an idx file"),
        (packed([0, 0, 8, 1, 0, 0, 0, 4], b"0123"), "announces 4 values where 5 belong"),
        (packed([0, 0, 8, 1, 0, 0, 0, 5], b"0123"), "holds 4 values where 5 belong"),
        (packed([0, 0, 8, 1, 0, 0, 0, 5], b"012345"), "holds 6 values where 5 belong"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_broken_idx_files_are_refused(tmp_path, content, sentence):
    (tmp_path / "x.gz").write_bytes(content)
    with pytest.raises(data.DataError, match=sentence):
        idx.read(tmp_path / "x.gz", (5,))
