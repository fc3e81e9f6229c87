"""The fixed binarisation of MNIST: from text and from npz, and one sentence for each kind of damage."""

import numpy as np
import pytest

import data
from data import binarized_mnist
from tests import unchecked
from tests.data import files
from tests.data.files import put

RANDOM = np.random.RandomState(0)
COUNT = 200


@pytest.fixture(autouse=True)
def _few(monkeypatch, request):
    """Splits of 200 pictures."""
    if "root" in request.fixturenames:
        monkeypatch.setitem(binarized_mnist.COUNTS, "valid", COUNT)


def test_binarised_mnist_as_text_and_as_npz(root):
    bits = RANDOM.randint(0, 2, (COUNT, 784)).astype(np.uint8)
    text = np.full((COUNT, 1568), ord(" "), np.uint8)
    text[:, ::2] = bits + ord("0")
    text[:, -1] = ord("\n")
    put(root / "binarized-mnist", {"binarized_mnist_valid.amat": text.tobytes()})
    valid = data.load("binarized_mnist", "valid")
    assert np.array_equal(valid.images, bits.reshape(-1, 1, 28, 28) * 255)
    assert valid.images.dtype == np.uint8
    assert (valid.labels, valid.indices) == (None, None)
    assert not data.available("binarized_mnist", "train")

    labels, rows = np.arange(COUNT) % 10, np.arange(COUNT)[::-1]
    packed = files.npz(valid=bits, valid_labels=labels, valid_mnist_index=rows)
    put(root / "binarized-mnist", {"binarized_mnist.npz": packed})
    again = data.load("binarized_mnist", "valid")
    assert np.array_equal(again.images, valid.images)
    assert np.array_equal(again.labels, labels)
    assert np.array_equal(again.indices, rows)


def test_broken_binarised_mnist_is_refused(root):
    folder = root / "binarized-mnist"
    put(folder, {"binarized_mnist_test.amat": b"0 1 0 1\n"})
    with pytest.raises(data.DataError, match="has 8 bytes where 15,680,000 belong"):
        data.load("binarized_mnist", "test")
    put(folder, {"binarized_mnist_valid.amat": b"2 " * (COUNT * 784)})
    with pytest.raises(data.DataError, match="other values than 0 and 1"):
        data.load("binarized_mnist", "valid")


def test_the_fixed_binarisation_agrees_with_mnist():
    if not (data.available("binarized_mnist") and data.available("mnist")):
        unchecked.without_full_data()
    bits, grey = data.load("binarized_mnist", "test"), data.load("mnist", "test")
    assert bits.images.mean() / 255 == pytest.approx(0.13251, abs=5e-6)
    if bits.indices is not None:
        assert np.array_equal(bits.labels, grey.labels[bits.indices])
        value = grey.images[bits.indices]
        assert not ((bits.images == 255) & (value == 0)).any()
        assert not ((bits.images == 0) & (value == 255)).any()
