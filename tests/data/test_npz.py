"""npz files that are damaged, or other ones: one sentence, and no pickle is read."""

import io

import numpy as np
import pytest

import data
from data.npz import read
from tests.data import files

RANDOM = np.random.RandomState(0)


GOOD = files.npz(x=RANDOM.randint(0, 256, (9, 32, 32, 3)).astype(np.uint8), y=np.arange(9))


def npy():
    raw = io.BytesIO()
    np.save(raw, np.zeros(3))
    return raw.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD[:-1000], id="cut"),
        pytest.param(GOOD[:5000] + bytes([GOOD[5000] ^ 255]) + GOOD[5001:], id="flipped"),
        pytest.param(RANDOM.bytes(1000), id="random"),
        pytest.param(b"", id="empty"),
        pytest.param(files.npz(a=np.zeros(3)), id="other arrays"),
        pytest.param(files.npz(x=np.array([{}], object), y=np.array([{}], object)), id="pickles"),
        pytest.param(npy(), id="npy"),
    ],
)
def test_damaged_files(tmp_path, content):
    (tmp_path / "test.npz").write_bytes(content)
    with pytest.raises(data.DataError, match=r"test.npz is damaged, or not the npz file that belongs here"):
        read(tmp_path / "test.npz", "x", "y")


def test_an_optional_array_may_be_missing(tmp_path):
    (tmp_path / "test.npz").write_bytes(GOOD)
    labels, missing = read(tmp_path / "test.npz", "y", optional=("z",))
    assert labels.tolist() == list(range(9))
    assert missing is None
