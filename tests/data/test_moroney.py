"""Hands and horses from the original zips and from npz, and one sentence for each kind of damage."""

import numpy as np
import pytest

import data
from data import moroney
from tests.data.files import npz, png, put, zipped

RANDOM = np.random.RandomState(0)
EACH = 4  # pictures of a class


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """Test splits of eight horses and humans, and nine hands."""
    monkeypatch.setitem(moroney.COUNTS["horses_or_humans"], "test", 2 * EACH)
    monkeypatch.setitem(moroney.COUNTS["rock_paper_scissors"], "test", 9)


@pytest.fixture(scope="module")
def horses():
    """The zip of the test split: pictures of a class in one colour each, and what macOS leaves in zips."""
    files = {"__MACOSX/horses/._horse1-000.png": b"", ".DS_Store": b"", "horses/": b""}
    for label, name in enumerate(("horses", "humans")):
        for number in range(EACH):
            files[f"{name}/x-{number:03}.png"] = png(np.full((300, 300, 4), (10 + label, number, 0, 255), np.uint8))
    return files


def test_horses_from_the_original_zip(root, horses):
    put(root / "horses_or_humans", {"validation-horse-or-human.zip": zipped(horses)})
    test = data.load("horses_or_humans", "test")
    assert (test.images.shape, test.source) == ((2 * EACH, 3, 300, 300), "full")
    assert np.array_equal(test.images[:, 0, 7, 7], 10 + test.labels)
    assert np.array_equal(test.images[:, 1, 7, 7], np.tile(np.arange(EACH), 2)), "sorted by class, then by name"
    assert np.bincount(test.labels).tolist() == [EACH, EACH]


def test_broken_horses_are_refused(root, horses):
    whole = zipped(horses)
    for content, sentence in (
        (whole[:-500], "cut off or damaged"),
        (whole[:1000] + bytes(100) + whole[1100:], "cut off or damaged"),
        (zipped(dict(list(horses.items())[:-1])), "holds 7 pictures where 8 belong"),
        (zipped({"cats/a.png": b""}), "has no folders horses, humans"),
        (zipped({"horses/a.png": png(np.zeros((2, 2), np.uint8))}), "another size than 300×300"),
    ):
        put(root / "horses_or_humans", {"validation-horse-or-human.zip": content})
        with pytest.raises(data.DataError, match=sentence):
            data.load("horses_or_humans", "test")


def test_reduced_sets_are_labelled_as_reduced(root):
    colour = RANDOM.randint(0, 256, (9, 28, 28, 3)).astype(np.uint8)
    put(root / "rps", {"test.npz": npz(x=colour, y=np.arange(9) % 3)})
    grey = RANDOM.randint(0, 256, (8, 96, 96, 1)).astype(np.uint8).repeat(3, axis=3)
    put(root / "horses_or_humans", {"test.npz": npz(x=grey, y=np.arange(8) % 2)})
    hands, horses = data.load("rock_paper_scissors", "test"), data.load("horses_or_humans", "test")
    assert np.array_equal(hands.images, colour.transpose(0, 3, 1, 2))
    assert hands.classes == ("rock", "paper", "scissors")
    assert hands.source == horses.source == "reduced"
    assert "28×28 colour; the originals are 300×300" in hands.note
    assert "96×96 grey; the originals are 300×300" in horses.note
    assert data.state("rock_paper_scissors", "test") == "reduced"
    put(root / "rps", {"test.npz": npz(x=colour[:-1], y=np.arange(8) % 3)})
    with pytest.raises(data.DataError, match="holds 8 pictures where 9 belong"):
        data.load("rock_paper_scissors", "test")
