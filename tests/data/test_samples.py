"""The samples: the same on every machine, drawn as their notes say, with their licences."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

import data
from data import samples
from tests import unchecked


def digest(images):
    return hashlib.sha256(images.tobytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "shape", "sha256"),
    [
        ("mnist", (1, 28, 28), "c3510c5cc43e455570fea68c0fc16f55777c1af1642ef8c73c73175ddb132e30"),
        ("fashion_mnist", (1, 28, 28), "8d46efb2efae7259de048298adb99140d06082b91c430833a54d7ce30f21c9c9"),
        ("binarized_mnist", (1, 28, 28), "b31b38242f1e1363c2084cdbba49f2a3910b20fcb74cdcda5edaae9bd3a0efaf"),
        ("dsprites", (1, 64, 64), "91dc7964196d1a456e7ce1afe3d17aaf35e4b90a736a5dce2aea837152355e16"),
        ("street_digits", (3, 32, 32), "9d07554b53e6ebf0b333212f25fc98321523a9dff5feebb89b5baba115cdd359"),
    ],
)
def test_samples_are_the_same_on_every_machine(root, name, shape, sha256):
    sample = data.sample(name)
    assert sample.images.shape == (1_000, *shape)
    assert sample.images.dtype == np.uint8
    assert (sample.labels.shape, sample.labels.dtype) == ((1_000,), np.int64)
    assert sample.indices.dtype == np.int64
    assert len(set(sample.indices.tolist())) == 1_000
    assert sample.source == "sample"
    assert digest(sample.images) == sha256
    assert not list(root.iterdir())


def test_samples_have_the_expected_counts(root):
    mnist, fashion = data.sample("mnist"), data.sample("fashion_mnist")
    assert np.bincount(mnist.labels).tolist() == [100] * 10
    assert mnist.split == "train"
    assert np.bincount(fashion.labels).tolist() == [107, 105, 111, 93, 115, 87, 97, 95, 95, 95]
    assert fashion.split == "test"
    assert np.array_equal(fashion.indices, np.arange(1_000))
    assert np.bincount(data.sample("dsprites").labels).min() > 300


def test_the_binarised_sample_is_drawn_from_the_grey_one(root):
    bits, grey = data.sample("binarized_mnist"), data.sample("mnist")
    assert set(np.unique(bits.images)) == {0, 255}
    assert "not Larochelle's" in bits.note
    assert np.array_equal(bits.labels, grey.labels)
    assert (bits.images[grey.images == 0] == 0).all()
    assert (bits.images[grey.images == 255] == 255).all()
    for low in (1, 64, 128, 192):  # the share of ones is the grey value, within four standard errors
        chosen = (grey.images >= low) & (grey.images < min(low + 63, 255))
        expected, error = grey.images[chosen].mean() / 255, 0.5 / np.sqrt(chosen.sum())
        assert bits.images[chosen].mean() / 255 == pytest.approx(expected, abs=4 * error)


def test_shipped_files_are_small_and_have_licences(root):
    folder = Path(data.__file__).parent / "samples"
    licences = (folder / "LICENSES.md").read_text()
    for file in folder.glob("*.npz"):
        assert file.stat().st_size < 500_000
        assert file.name in licences
    assert "Copyright © 2017 Zalando SE" in licences
    assert "Attribution-ShareAlike 3.0" in licences


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_samples_are_rows_of_the_full_set(name):
    sample = data.sample(name)
    if not data.available(name, sample.split):
        unchecked.without_full_data()
    full = data.load(name, sample.split)
    assert np.array_equal(full.images[sample.indices], sample.images)
    assert np.array_equal(full.labels[sample.indices], sample.labels)


@pytest.mark.parametrize("content", [None, b"", b"PK cut"])
def test_a_damaged_shipped_file_is_reported_in_one_sentence(tmp_path, monkeypatch, content):
    monkeypatch.setattr(samples, "FOLDER", tmp_path)
    if content is not None:
        (tmp_path / "mnist.npz").write_bytes(content)
    with pytest.raises(data.DataError, match=r"mnist\.npz is damaged"):
        data.sample("mnist")
