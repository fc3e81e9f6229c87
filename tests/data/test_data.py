"""Loaders: every form in which a set may lie in the data root, and one sentence for each way of being broken."""

import gzip
import hashlib
import io
import struct
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import data
from data import emoji, idx, svhn
from tests import unchecked

RANDOM = np.random.RandomState(0)
DRAWN = "dsprites", "street_digits"  # by our own code: always there, and tested in files of their own


@pytest.fixture
def root(tmp_path, monkeypatch):
    """An empty data root."""
    monkeypatch.setenv("LATENT_LAB_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    """Files of MNIST's test set with one grey level per class."""
    folder = tmp_path_factory.mktemp("digits")
    labels = (np.arange(10_000) % 10).astype(np.uint8)
    idx.write(folder / "t10k-images-idx3-ubyte.gz", np.broadcast_to(labels[:, None, None], (10_000, 28, 28)))
    idx.write(folder / "t10k-labels-idx1-ubyte.gz", labels)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def put(folder, files):
    folder.mkdir(exist_ok=True, parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def png(array):
    raw = io.BytesIO()
    Image.fromarray(array).save(raw, "png")
    return raw.getvalue()


# idx


@pytest.mark.parametrize("shape", [(7,), (3, 4, 5), (0, 28, 28)])
def test_idx_round_trip(tmp_path, shape):
    array = RANDOM.randint(0, 256, shape).astype(np.uint8)
    idx.write(tmp_path / "x.gz", array)
    again = idx.read(tmp_path / "x.gz", shape)
    assert np.array_equal(again, array)
    assert again.flags.writeable
    (tmp_path / "x").write_bytes(gzip.decompress((tmp_path / "x.gz").read_bytes()))
    assert np.array_equal(idx.read(tmp_path / "x", shape), array), "unpacked files are read too"


def test_idx_header_is_that_of_the_format(tmp_path):
    idx.write(tmp_path / "x.gz", np.zeros((2, 3), np.uint8))
    assert gzip.decompress((tmp_path / "x.gz").read_bytes()) == struct.pack(">BBBBii", 0, 0, 8, 2, 2, 3) + bytes(6)


def packed(header, body):
    return gzip.compress(bytes(header) + body)


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
)
def test_broken_idx_files(tmp_path, content, sentence):
    (tmp_path / "x.gz").write_bytes(content)
    with pytest.raises(data.DataError, match=sentence):
        idx.read(tmp_path / "x.gz", (5,))


# the data root


def test_the_default_root_is_the_cache_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("LATENT_LAB_DATA", raising=False)
    for platform, variable in (("linux", "XDG_CACHE_HOME"), ("win32", "LOCALAPPDATA")):
        monkeypatch.setattr("sys.platform", platform)
        monkeypatch.setenv(variable, str(tmp_path))
        assert data.root() == tmp_path / "latent-lab"
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert data.root() == Path.home() / ".cache" / "latent-lab"


@pytest.mark.parametrize("name", [name for name in data.names() if name not in DRAWN])
def test_missing_sets_say_how_to_get_them(root, name):
    for split in data.split_names(name):
        assert not data.available(name, split)
        way = "joypixels.com/download" if name == "emoji" else f"run `python -m data {name}` to download them"
        with pytest.raises(data.DataError, match=way) as error:
            data.load(name, split)
        assert str(root) in str(error.value)
    assert not data.available(name)


def test_unknown_names_and_splits(root):
    with pytest.raises(data.DataError, match='no data set "cifar"; there are mnist, fashion_mnist'):
        data.load("cifar")
    with pytest.raises(data.DataError, match='no data set "cifar"'):
        data.sample("cifar")
    with pytest.raises(data.DataError, match='mnist has no split "valid"; it has train, test'):
        data.available("mnist", "valid")


def test_a_data_root_that_is_not_there(root, monkeypatch):
    monkeypatch.setenv("LATENT_LAB_DATA", str(root / "nowhere"))
    with pytest.raises(data.DataError, match="are missing"):
        data.load("mnist")
    assert not (root / "nowhere").exists()


# mnist, fashion_mnist, kmnist


@pytest.mark.parametrize(
    ("name", "folder"), [("mnist", "mnist"), ("fashion_mnist", "fashion-mnist"), ("kmnist", "kmnist")]
)
def test_idx_sets(root, digits, name, folder):
    put(root / folder, digits)
    assert data.available(name)
    test = data.load(name, "test")
    assert (test.name, test.split, test.source) == (name, "test", "full")
    assert (test.images.shape, test.images.dtype) == ((10_000, 1, 28, 28), np.uint8)
    assert (test.labels.shape, test.labels.dtype) == ((10_000,), np.int64)
    assert np.array_equal(test.images[:, 0, 5, 5], test.labels)
    assert len(set(test.classes)) == 10
    with pytest.raises(data.DataError, match=f"The train images of {name} are missing"):
        data.load(name)


def test_train_labels_alone_are_not_a_set(root, digits):
    put(root / "kmnist", {"train-labels-idx1-ubyte.gz": b""})
    assert not data.available("kmnist", "train")
    with pytest.raises(data.DataError, match=r"The train images of kmnist .* put train-images-idx3-ubyte.gz into"):
        data.load("kmnist", "train")


def test_damaged_idx_sets(root, digits):
    images, labels = "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"
    put(root / "mnist", digits | {images: digits[images][:-100]})
    with pytest.raises(data.DataError, match=f"{images} is cut off or damaged"):
        data.load("mnist", "test")
    put(root / "mnist", digits | {labels: digits[images]})
    with pytest.raises(data.DataError, match=f"{labels} is not an idx file"):
        data.load("mnist", "test")
    idx.write(root / "mnist" / labels, np.full(10_000, 10, np.uint8))
    with pytest.raises(data.DataError, match="classes above 9"):
        data.load("mnist", "test")


# binarized_mnist


def test_binarised_mnist_as_text_and_as_npz(root):
    bits = RANDOM.randint(0, 2, (10_000, 784)).astype(np.uint8)
    text = np.full((10_000, 1568), ord(" "), np.uint8)
    text[:, ::2] = bits + ord("0")
    text[:, -1] = ord("\n")
    put(root / "binarized-mnist", {"binarized_mnist_valid.amat": text.tobytes()})
    valid = data.load("binarized_mnist", "valid")
    assert np.array_equal(valid.images, bits.reshape(-1, 1, 28, 28) * 255)
    assert valid.images.dtype == np.uint8
    assert (valid.labels, valid.indices) == (None, None)
    assert not data.available("binarized_mnist", "train")

    labels, rows = np.arange(10_000) % 10, np.arange(10_000)[::-1]
    np.savez(root / "binarized-mnist" / "binarized_mnist.npz", valid=bits, valid_labels=labels, valid_mnist_index=rows)
    again = data.load("binarized_mnist", "valid")
    assert np.array_equal(again.images, valid.images)
    assert np.array_equal(again.labels, labels)
    assert np.array_equal(again.indices, rows)


def test_broken_binarised_mnist(root):
    folder = root / "binarized-mnist"
    put(folder, {"binarized_mnist_test.amat": b"0 1 0 1\n"})
    with pytest.raises(data.DataError, match="has 8 bytes where 15,680,000 belong"):
        data.load("binarized_mnist", "test")
    put(folder, {"binarized_mnist_test.amat": b"2 " * 7_840_000})
    with pytest.raises(data.DataError, match="other values than 0 and 1"):
        data.load("binarized_mnist", "test")


# svhn


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
    (root / "svhn").mkdir()
    pictures, labels = RANDOM.randint(0, 256, (5, 32, 32, 3)).astype(np.uint8), np.array([1, 0, 9, 3, 2])
    np.savez(root / "svhn" / "train.npz", x=pictures, y=labels)
    assert data.available("svhn", "train")
    train = data.load("svhn")
    assert np.array_equal(train.images, pictures.transpose(0, 3, 1, 2))
    assert np.array_equal(train.labels, labels)
    assert train.source == "partial"
    np.savez(root / "svhn" / "train.npz", x=pictures, y=labels[:4])
    with pytest.raises(data.DataError, match="5 pictures but 4 labels"):
        data.load("svhn")


def test_a_full_svhn_is_called_full(root, monkeypatch):
    monkeypatch.setitem(svhn.COUNTS, "test", 7)
    (root / "svhn").mkdir()
    np.savez(root / "svhn" / "test.npz", x=np.zeros((7, 32, 32, 3), np.uint8), y=np.zeros(7, np.int64))
    test = data.load("svhn", "test")
    assert test.source == "full"
    assert "partial" not in test.note


def broken_npz():
    good = io.BytesIO()
    np.savez_compressed(good, x=RANDOM.randint(0, 256, (9, 32, 32, 3)).astype(np.uint8), y=np.arange(9))
    other, pickled, alone = io.BytesIO(), io.BytesIO(), io.BytesIO()
    np.savez(other, a=np.zeros(3))
    np.savez(pickled, x=np.array([{}], object), y=np.array([{}], object))
    np.save(alone, np.zeros(3))
    flipped = bytearray(good.getvalue())
    flipped[5000] ^= 255
    return {
        "cut": good.getvalue()[:-1000],
        "flipped": bytes(flipped),
        "random": RANDOM.bytes(1000),
        "empty": b"",
        "other arrays": other.getvalue(),
        "pickles": pickled.getvalue(),
        "npy": alone.getvalue(),
    }


@pytest.mark.parametrize(("what", "content"), broken_npz().items(), ids=broken_npz())
def test_broken_npz_files(root, what, content):
    put(root / "svhn", {"test.npz": content})
    put(root / "rps", {"test.npz": content})
    for name in ("svhn", "rock_paper_scissors"):
        with pytest.raises(data.DataError, match=r"test.npz is damaged, or not the npz file that belongs here"):
            data.load(name, "test")


def test_npz_of_another_shape(root):
    (root / "svhn").mkdir()
    np.savez(root / "svhn" / "test.npz", x=np.zeros((3, 28, 28), np.uint8), y=np.zeros(3))
    with pytest.raises(data.DataError, match=r"holds uint8 \(3, 28, 28\) where bytes of N×32×32×3 belong"):
        data.load("svhn", "test")


# emoji


def tarball(files):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return raw.getvalue()


def zipped(files):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


RGBA = RANDOM.randint(0, 256, (4, 32, 32, 4)).astype(np.uint8)
SMALL = {f"{code}.png": png(picture) for code, picture in zip(("1f600", "1f601", "1f602", "23"), RGBA, strict=True)}
LARGE = {f"png/unicode/64/{code}": png(np.zeros((64, 64, 4), np.uint8)) for code in SMALL}
HIDDEN = {f"__MACOSX/png/unicode/32/._{code}": b"\0\5\26\7" for code in SMALL}
IN_FOLDERS = LARGE | HIDDEN | {f"png/unicode/32/{code}": content for code, content in reversed(SMALL.items())}


@pytest.mark.parametrize("form", ["npz", "zip", "flat zip", "tgz", "folder"])
def test_emoji_in_every_form(root, form):
    match form:
        case "npz":
            put(root / "emoji", {})
            np.savez(root / "emoji" / "emoji32.npz", x=RGBA, names=np.array(list(SMALL)))
        case "zip":
            put(root / "emoji", {"joypixels.zip": zipped(IN_FOLDERS)})
        case "flat zip":
            put(root / "emoji", {"joypixels.zip": zipped(SMALL)})
        case "tgz":
            put(root / "emoji", {"emoji-assets-7.0.1.tgz": tarball(IN_FOLDERS)})
        case "folder":
            put(root / "emoji" / "32", SMALL)
            put(root / "emoji" / "64", {"1f600.png": png(np.zeros((64, 64, 4), np.uint8))})
    assert data.available("emoji")
    train = data.load("emoji")
    assert (train.images.shape, train.images.dtype, train.labels) == ((4, 3, 32, 32), np.uint8, None)
    alpha = RGBA[..., 3:] / 255
    assert np.array_equal(train.images.transpose(0, 2, 3, 1), np.rint(RGBA[..., :3] * alpha + 255 * (1 - alpha)))
    assert len(data.sample("emoji")) == 4


def test_transparent_is_white_and_opaque_is_unchanged():
    picture = np.array([[[[10, 20, 30, 0], [10, 20, 30, 255]]]], np.uint8)
    assert emoji.on_white(picture)[0, :, 0].T.tolist() == [[255, 255, 255], [10, 20, 30]]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"a.zip": RANDOM.bytes(100)}, "is damaged"),
        ({"a.zip": zipped(SMALL)[:-300]}, "is damaged"),
        ({"a.tgz": RANDOM.bytes(100)}, "is damaged"),
        ({"a.zip": zipped({"1f600.png": SMALL["1f600.png"][:60]})}, "is damaged"),
        ({"a.zip": zipped({"1f600.png": b"not a picture"})}, "is damaged"),
        ({"a.zip": zipped({"readme.txt": b"nothing"})}, "holds no PNG files of 32×32"),
        ({"a.zip": zipped(LARGE)}, "holds no PNG files of 32×32"),
        ({"readme.txt": b""}, "The emojis are missing"),
    ],
)
def test_broken_emoji(root, files, sentence):
    put(root / "emoji", files)
    with pytest.raises(data.DataError, match=sentence):
        data.load("emoji")


def test_emoji_have_no_download(root):
    with pytest.raises(data.DataError, match="because of its licence"):
        data.load("emoji", download=True)


# rock_paper_scissors, horses_or_humans


@pytest.fixture(scope="module")
def horses():
    """The zip of the test split: 128 pictures a class in one colour each, and what macOS leaves in zips."""
    files = {"__MACOSX/horses/._horse1-000.png": b"", ".DS_Store": b"", "horses/": b""}
    for label, name in enumerate(("horses", "humans")):
        for number in range(128):
            colour = Image.new("RGBA", (300, 300), (10 + label, number, 0, 255))
            raw = io.BytesIO()
            colour.save(raw, "png", compress_level=1)
            files[f"{name}/x-{number:03}.png"] = raw.getvalue()
    return files


def test_horses_from_the_original_zip(root, horses):
    put(root / "horses_or_humans", {"validation-horse-or-human.zip": zipped(horses)})
    test = data.load("horses_or_humans", "test")
    assert (test.images.shape, test.source) == ((256, 3, 300, 300), "full")
    assert np.array_equal(test.images[:, 0, 7, 7], 10 + test.labels)
    assert np.array_equal(test.images[:, 1, 7, 7], np.tile(np.arange(128), 2)), "sorted by class, then by name"
    assert np.bincount(test.labels).tolist() == [128, 128]


def test_broken_horses(root, horses):
    whole = zipped(horses)
    for content, sentence in (
        (whole[:-500], "cut off or damaged"),
        (whole[:2000] + bytes(100) + whole[2100:], "cut off or damaged"),
        (zipped(dict(list(horses.items())[:-1])), "holds 255 pictures where 256 belong"),
        (zipped({"cats/a.png": b""}), "has no folders horses, humans"),
        (zipped({"horses/a.png": png(np.zeros((2, 2), np.uint8))}), "another size than 300×300"),
    ):
        put(root / "horses_or_humans", {"validation-horse-or-human.zip": content})
        with pytest.raises(data.DataError, match=sentence):
            data.load("horses_or_humans", "test")


def test_reduced_sets_say_so(root):
    for folder in ("rps", "horses_or_humans"):
        (root / folder).mkdir()
    colour = RANDOM.randint(0, 256, (372, 28, 28, 3)).astype(np.uint8)
    np.savez(root / "rps" / "test.npz", x=colour, y=np.arange(372) % 3)
    grey = RANDOM.randint(0, 256, (256, 96, 96, 1)).astype(np.uint8).repeat(3, axis=3)
    np.savez(root / "horses_or_humans" / "test.npz", x=grey, y=np.arange(256) % 2)
    hands, horses = data.load("rock_paper_scissors", "test"), data.load("horses_or_humans", "test")
    assert np.array_equal(hands.images, colour.transpose(0, 3, 1, 2))
    assert hands.classes == ("rock", "paper", "scissors")
    assert hands.source == horses.source == "reduced"
    assert "28×28 colour; the originals are 300×300" in hands.note
    assert "96×96 grey; the originals are 300×300" in horses.note
    assert data.state("rock_paper_scissors", "test") == "reduced"
    np.savez(root / "rps" / "test.npz", x=colour[:-1], y=np.arange(371) % 3)
    with pytest.raises(data.DataError, match="holds 371 pictures where 372 belong"):
        data.load("rock_paper_scissors", "test")


# samples


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
def test_samples_are_the_same_everywhere(root, name, shape, sha256):
    sample = data.sample(name)
    assert sample.images.shape == (1_000, *shape)
    assert sample.images.dtype == np.uint8
    assert (sample.labels.shape, sample.labels.dtype) == ((1_000,), np.int64)
    assert sample.indices.dtype == np.int64
    assert len(set(sample.indices.tolist())) == 1_000
    assert sample.source == "sample"
    assert digest(sample.images) == sha256
    assert not list(root.iterdir())


def test_counts_of_the_samples(root):
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


def test_sets_without_a_shipped_sample_give_the_head_of_their_test_set(root, digits):
    with pytest.raises(data.DataError, match="The test images of kmnist are missing"):
        data.sample("kmnist")
    put(root / "kmnist", digits)
    sample, test = data.sample("kmnist"), data.load("kmnist", "test")
    assert np.array_equal(sample.images, test.images[:1_000])
    assert np.array_equal(sample.labels, test.labels[:1_000])
    assert (sample.split, sample.source) == ("test", "sample")


def test_shipped_files_are_small_and_have_their_licences(root):
    folder = Path(data.__file__).parent / "samples"
    licences = (folder / "LICENSES.md").read_text()
    for file in folder.glob("*.npz"):
        assert file.stat().st_size < 500_000
        assert file.name in licences
    assert "Copyright © 2017 Zalando SE" in licences
    assert "Attribution-ShareAlike 3.0" in licences


# the real files, where the data root has them


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_samples_are_rows_of_the_full_set(name):
    sample = data.sample(name)
    if not data.available(name, sample.split):
        unchecked.without_full_data()
    full = data.load(name, sample.split)
    assert np.array_equal(full.images[sample.indices], sample.images)
    assert np.array_equal(full.labels[sample.indices], sample.labels)


def test_the_real_binarisation_agrees_with_mnist():
    if not (data.available("binarized_mnist") and data.available("mnist")):
        unchecked.without_full_data()
    bits, grey = data.load("binarized_mnist", "test"), data.load("mnist", "test")
    assert bits.images.mean() / 255 == pytest.approx(0.13251, abs=5e-6)
    if bits.indices is not None:
        assert np.array_equal(bits.labels, grey.labels[bits.indices])
        value = grey.images[bits.indices]
        assert not ((bits.images == 255) & (value == 0)).any()
        assert not ((bits.images == 0) & (value == 255)).any()


@pytest.mark.parametrize("name", [name for name in data.names() if name not in DRAWN])
def test_what_the_data_root_has_can_be_read(name):
    there = [split for split in data.split_names(name) if data.available(name, split)]
    if not there:
        unchecked.without_full_data()
    split = there[-1]
    found = data.load(name, split)
    assert found.images.ndim == 4
    assert found.images.dtype == np.uint8
    assert found.images.shape[1] in (1, 3)
    assert found.images.min() < 50
    assert found.images.max() > 200
    assert found.images.flags.writeable
    assert found.labels is None or (
        found.labels.shape == (len(found),) and found.labels.max() == len(found.classes) - 1
    )
    assert (found.source == "partial") == ("partial" in found.note)
    assert 0 < len(data.sample(name)) <= 1_000
