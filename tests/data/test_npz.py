"""Damaged and invalid npz files: one sentence, and no pickle is read."""

import io
from pathlib import Path

import numpy as np
import pytest

import data
from data import moroney
from data.npz import read, whole
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
def test_damaged_files_are_refused(tmp_path, content):
    (tmp_path / "test.npz").write_bytes(content)
    with pytest.raises(data.DataError, match=r"test.npz is damaged, or not the npz file that belongs here"):
        read(tmp_path / "test.npz", "x", "y")


def test_an_optional_array_may_be_missing(tmp_path):
    (tmp_path / "test.npz").write_bytes(GOOD)
    labels, missing = read(tmp_path / "test.npz", "y", optional=("z",))
    assert labels.tolist() == list(range(9))
    assert missing is None


@pytest.fixture
def hands(tmp_path, monkeypatch):
    """Writes nine hands with their labels, and with these arrays."""
    monkeypatch.setenv("LATENT_LAB_DATA", str(tmp_path))
    monkeypatch.setitem(moroney.COUNTS, "rock_paper_scissors", {"train": 9, "test": 9})
    (tmp_path / "rps").mkdir()

    def write(**arrays):
        good = {"x": np.ones((9, 4, 4, 3), np.uint8), "y": np.arange(9) % 3}
        (tmp_path / "rps" / "test.npz").write_bytes(files.npz(**good | arrays))

    return write


WRONG = pytest.mark.parametrize(
    "labels",
    [
        pytest.param(np.zeros(9), id="floats"),
        pytest.param(np.array(list("abcabcabc")), id="words"),
        pytest.param(np.arange(9), id="too large"),
        pytest.param(-np.ones(9, np.int64), id="negative"),
        pytest.param(np.zeros((9, 2), np.int64), id="a table"),
        pytest.param(np.array(1), id="one number"),
    ],
)


@WRONG
def test_invalid_labels_are_refused(labels):
    with pytest.raises(data.DataError, match="where 9 whole numbers from 0 to 2 belong: replace it"):
        whole(Path("test.npz"), labels, 9, 3)


@WRONG
def test_a_set_with_invalid_labels_is_reported_in_one_sentence(hands, labels):
    hands(y=labels)
    with pytest.raises(data.DataError, match="where 9 whole numbers from 0 to 2 belong"):
        data.load("rock_paper_scissors", "test")


def test_a_set_with_one_name_for_all_pictures_is_reported_in_one_sentence(hands):
    hands(names=np.array("rock01-1.png"))
    with pytest.raises(data.DataError, match="names 1 pictures where 9 belong"):
        data.load("rock_paper_scissors", "test")
