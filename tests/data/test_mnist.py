"""MNIST and the sets in its format: read from idx files, and one sentence for each kind of damage."""

import numpy as np
import pytest

import data
from data import mnist
from tests.data import files
from tests.data.files import put

IMAGES, LABELS = "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"
CLASSES = (np.arange(1_200) % 10).astype(np.uint8)
DIGITS = {IMAGES: files.idx(CLASSES[:, None, None].repeat(28, 1).repeat(28, 2)), LABELS: files.idx(CLASSES)}


@pytest.fixture
def digits(monkeypatch):
    """Files of a test set of 1,200 pictures, with one grey level for each class."""
    monkeypatch.setitem(mnist.COUNTS, "test", len(CLASSES))
    return DIGITS


@pytest.mark.parametrize(
    ("name", "folder"), [("mnist", "mnist"), ("fashion_mnist", "fashion-mnist"), ("kmnist", "kmnist")]
)
def test_idx_sets_are_read(root, digits, name, folder):
    put(root / folder, digits)
    assert data.available(name)
    test = data.load(name, "test")
    assert (test.name, test.split, test.source) == (name, "test", "full")
    assert (test.images.shape, test.images.dtype) == ((1_200, 1, 28, 28), np.uint8)
    assert (test.labels.shape, test.labels.dtype) == ((1_200,), np.int64)
    assert np.array_equal(test.images[:, 0, 5, 5], test.labels)
    assert len(set(test.classes)) == 10
    with pytest.raises(data.DataError, match=f"The train images of {name} are missing"):
        data.load(name)


def test_train_labels_alone_are_not_a_set(root, digits):
    put(root / "kmnist", {"train-labels-idx1-ubyte.gz": b""})
    assert not data.available("kmnist", "train")
    with pytest.raises(data.DataError, match=r"The train images of kmnist .* put train-images-idx3-ubyte.gz into"):
        data.load("kmnist", "train")


def test_damaged_idx_sets_are_refused(root, digits):
    put(root / "mnist", digits | {IMAGES: digits[IMAGES][:-100]})
    with pytest.raises(data.DataError, match=f"{IMAGES} is cut off or damaged"):
        data.load("mnist", "test")
    put(root / "mnist", digits | {LABELS: digits[IMAGES]})
    with pytest.raises(data.DataError, match=f"{LABELS} is not an idx file"):
        data.load("mnist", "test")
    put(root / "mnist", digits | {LABELS: files.idx(CLASSES + 1)})
    with pytest.raises(data.DataError, match="classes above 9"):
        data.load("mnist", "test")


def test_sets_without_a_shipped_sample_use_the_first_test_pictures(root, digits):
    with pytest.raises(data.DataError, match="The test images of kmnist are missing"):
        data.sample("kmnist")
    put(root / "kmnist", digits)
    sample, test = data.sample("kmnist"), data.load("kmnist", "test")
    assert np.array_equal(sample.images, test.images[:1_000])
    assert np.array_equal(sample.labels, test.labels[:1_000])
    assert (sample.split, sample.source) == ("test", "sample")
