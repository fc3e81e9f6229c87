"""Emojis in every supported format, and one sentence for each kind of damage."""

import numpy as np
import pytest

import data
from data import emoji
from tests.data.files import npz, png, put, tarball, zipped

RANDOM = np.random.RandomState(0)
RGBA = RANDOM.randint(0, 256, (4, 32, 32, 4)).astype(np.uint8)
SMALL = {f"{code}.png": png(picture) for code, picture in zip(("1f600", "1f601", "1f602", "23"), RGBA, strict=True)}
LARGE = {f"png/unicode/64/{code}": png(np.zeros((64, 64, 4), np.uint8)) for code in SMALL}
HIDDEN = {f"__MACOSX/png/unicode/32/._{code}": b"\0\5\26\7" for code in SMALL}
IN_FOLDERS = LARGE | HIDDEN | {f"png/unicode/32/{code}": content for code, content in reversed(SMALL.items())}


@pytest.mark.parametrize("form", ["npz", "zip", "flat zip", "tgz", "folder"])
def test_emoji_are_read_in_every_format(root, form):
    match form:
        case "npz":
            put(root / "emoji", {"emoji32.npz": npz(x=RGBA, names=np.array(list(SMALL)))})
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
def test_broken_emoji_are_refused(root, files, sentence):
    put(root / "emoji", files)
    with pytest.raises(data.DataError, match=sentence):
        data.load("emoji")


def test_emoji_have_no_download(root):
    with pytest.raises(data.DataError, match="because of its licence"):
        data.load("emoji", download=True)
