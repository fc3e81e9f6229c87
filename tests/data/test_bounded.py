"""Archives that would unpack to gigabytes: refused in a sentence, in little memory."""

import contextlib
import gzip
import io
import tarfile
import tracemalloc
import zipfile

import numpy as np
import pytest

import data
from data import bounded, idx, npz
from tests.data.files import png, put

MANY = 2**26  # bytes to which a bomb unpacks; a real one has more
PICTURE = png(np.zeros((32, 32, 4), np.uint8))


def zip_bomb(name, said=None):
    """A zip with one file of zeros; said: the size that its header gives instead."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(MANY))
        if said is not None:
            archive.getinfo(name).file_size = said
    return raw.getvalue()


def tar_bomb(name):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = MANY
        archive.addfile(member, io.BytesIO(bytes(MANY)))
    return raw.getvalue()


@contextlib.contextmanager
def little_memory():
    """Python's memory never holds more than a quarter of the bomb."""
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MANY / 4


def gzip_bombs(*names):
    return dict.fromkeys(names, gzip.compress(bytes(MANY), 1))


HANDS, DIGITS = "validation-horse-or-human.zip", ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")


@pytest.mark.parametrize(
    ("name", "split", "files"),
    [
        ("emoji", "train", lambda: {"a.zip": zip_bomb("32/a.png")}),
        ("emoji", "train", lambda: {"a.zip": zip_bomb("32/a.png", said=1000)}),
        ("emoji", "train", lambda: {"a.tgz": tar_bomb("png/32/a.png")}),
        ("horses_or_humans", "test", lambda: {HANDS: zip_bomb("horses/a-1.png")}),
        ("mnist", "test", lambda: gzip_bombs(*DIGITS)),
    ],
    ids=["zip", "lie", "tgz", "hands", "idx"],
)
def test_a_decompression_bomb_is_reported_in_one_sentence(root, name, split, files):
    put(root / name, files())
    with (
        little_memory(),
        pytest.raises(data.DataError, match=r"would unpack to more|is damaged|is not an idx file"),
    ):
        data.load(name, split)


def test_arrays_larger_than_a_data_set_are_not_read(tmp_path, monkeypatch):
    np.savez_compressed(tmp_path / "x.npz", x=np.zeros(5000, np.uint8))
    monkeypatch.setattr(bounded, "LARGEST", 4000)
    with pytest.raises(data.DataError, match="would unpack to more than 3 KB"):
        npz.read(tmp_path / "x.npz", "x")


def test_an_array_with_too_large_a_header_counts_as_damaged(tmp_path):
    raw = io.BytesIO()
    np.lib.format.write_array_header_1_0(raw, {"descr": "|u1", "fortran_order": False, "shape": (10**15,)})
    with zipfile.ZipFile(tmp_path / "x.npz", "w") as archive:
        archive.writestr("x.npy", raw.getvalue() + bytes(10))
    with pytest.raises(data.DataError, match="is damaged"):
        npz.read(tmp_path / "x.npz", "x")


def test_a_matlab_file_larger_than_a_data_set_is_not_read(root, monkeypatch):
    from scipy.io import savemat

    (root / "svhn").mkdir()
    savemat(root / "svhn" / "test_32x32.mat", {"X": np.zeros((32, 32, 3, 9), np.uint8), "y": np.ones((9, 1))})
    monkeypatch.setattr(bounded, "LARGEST", 20_000)
    with pytest.raises(data.DataError, match="would unpack to more than 19 KB"):
        data.load("svhn", "test")


def test_a_file_up_to_the_size_limit_is_read_completely(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.png", PICTURE)
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert bounded.member(archive, "a.png", len(PICTURE), tmp_path) == PICTURE
        with pytest.raises(data.DataError):
            bounded.member(archive, "a.png", len(PICTURE) - 1, tmp_path)


def test_an_idx_file_is_not_unpacked_beyond_its_array(tmp_path):
    (tmp_path / "x.gz").write_bytes(gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 5]) + bytes(MANY), 1))
    with little_memory(), pytest.raises(data.DataError, match="holds 6 values where 5 belong"):
        idx.read(tmp_path / "x.gz", (5,))
