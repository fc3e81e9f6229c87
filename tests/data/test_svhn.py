"""SVHN from MATLAB files and from npz files, and one sentence for each kind of damage."""

import numpy as np
import pytest

import data
from data import svhn
from tests.data.files import npz, put

RANDOM = np.random.RandomState(0)


def test_svhn_from_the_original_format(root):
    from scipy.io import savemat

    pictures, labels = RANDOM.randint(0, 256, (32, 32, 3, 6)).astype(np.uint8), np.array([[1, 9, 10, 2, 10, 5]]).T
    (root / "svhn").mkdir()
    savemat(root / "svhn" / "test_32x32.mat", {"X": pictures, "y": labels.astype(np.uint8)}, do_compression=True)
    test = data.load("svhn", "test")
    assert np.array_equal(test.images[4, 2], pictures[:, :, 2, 4])
    assert test.labels.tolist() == [1, 9, 0, 2, 0, 5], "the original calls the digit 0 class 10"
    assert test.source == "partial"
    assert test.note.startswith("Only 6 of the 26,032 test images (partial).")

    whole = (root / "svhn" / "test_32x32.mat").read_bytes()
    for content in (whole[: len(whole) // 2], RANDOM.bytes(1000), b""):
        put(root / "svhn", {"test_32x32.mat": content})
        with pytest.raises(data.DataError, match="cut off or damaged"):
            data.load("svhn", "test")


def test_svhn_from_npz(root):
    pictures, labels = RANDOM.randint(0, 256, (5, 32, 32, 3)).astype(np.uint8), np.array([1, 0, 9, 3, 2])
    put(root / "svhn", {"train.npz": npz(x=pictures, y=labels)})
    assert data.available("svhn", "train")
    train = data.load("svhn")
    assert np.array_equal(train.images, pictures.transpose(0, 3, 1, 2))
    assert np.array_equal(train.labels, labels)
    assert train.source == "partial"
    put(root / "svhn", {"train.npz": npz(x=pictures, y=labels[:4])})
    with pytest.raises(data.DataError, match="5 pictures but 4 labels"):
        data.load("svhn")


def test_a_complete_svhn_is_labelled_as_complete(root, monkeypatch):
    monkeypatch.setitem(svhn.COUNTS, "test", 7)
    put(root / "svhn", {"test.npz": npz(x=np.zeros((7, 32, 32, 3), np.uint8), y=np.zeros(7, np.int64))})
    test = data.load("svhn", "test")
    assert test.source == "full"
    assert "partial" not in test.note


def test_npz_files_with_a_wrong_shape_are_refused(root):
    put(root / "svhn", {"test.npz": npz(x=np.zeros((3, 28, 28), np.uint8), y=np.zeros(3))})
    with pytest.raises(data.DataError, match=r"holds uint8 \(3, 28, 28\) where bytes of N×32×32×3 belong"):
        data.load("svhn", "test")
