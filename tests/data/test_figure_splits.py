"""Hands, horses and people: no figure is in two parts, and sizes and colours are the requested ones."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import data
from data import moroney, splits
from data.sized import sized
from tests import unchecked
from tests.data.files import npz, put

RANDOM = np.random.RandomState(0)
HANDS = [f"{name}{number:02}{tail}" for name in ("rock", "paper", "scissors") for number, tail in enumerate("ab", 1)]


@pytest.fixture
def hands(root, monkeypatch):
    """put(side, grey, **changes) writes twelve train pictures of six hands and six test pictures into the data root."""
    monkeypatch.setitem(moroney.COUNTS["rock_paper_scissors"], "train", 12)
    monkeypatch.setitem(moroney.COUNTS["rock_paper_scissors"], "test", 6)
    monkeypatch.setitem(splits.VALIDATING, "rock_paper_scissors", ("rock02b", "paper02b", "scissors02b"))

    def write(side=28, grey=False, **changes):
        files = {}
        for part, count in (("train", 12), ("test", 6)):
            x = RANDOM.randint(0, 256, (count, side, side, 1 if grey else 3)).astype(np.uint8)
            names = [f"{HANDS[i * 6 // count]}-{i:03}.png" for i in range(count)]
            arrays = {"x": np.broadcast_to(x, (*x.shape[:3], 3)), "y": np.arange(count) * 3 // count, "names": names}
            files[f"{part}.npz"] = npz(**{k: v for k, v in (arrays | changes).items() if v is not None})
        put(root / "rps", files)
        return data.load("rock_paper_scissors", "train").images

    return write


def test_validation_holds_out_whole_figures(hands):
    images = torch.from_numpy(hands())
    whole, choosing = splits.rock_paper_scissors(), splits.rock_paper_scissors(choosing=True)
    assert (len(whole.train), whole.valid, len(whole.test)) == (12, None, 6)
    validate = torch.tensor([figure.endswith("b") for figure in data.load("rock_paper_scissors", "train").figures])
    assert validate.tolist() == [False, False, True, True] * 3
    assert torch.equal(choosing.train.images, images[~validate])
    assert torch.equal(choosing.valid.images, images[validate])
    assert choosing.valid.labels.tolist() == [0, 0, 1, 1, 2, 2]
    assert torch.equal(choosing.test.images, whole.test.images)


def test_the_card_describes_the_split(hands):
    hands()
    described = splits.rock_paper_scissors(choosing=True).describe()
    assert described["classes"] == ["rock", "paper", "scissors"]
    assert described["pictures"] == "28×28 colour, from copies smaller than the originals"
    assert (described["train_images"], described["valid_images"], described["test_images"]) == (6, 6, 6)
    hands(300)
    assert splits.rock_paper_scissors().describe()["pictures"] == "28×28 colour, from the originals (300×300 colour)"
    assert "valid_images" not in splits.rock_paper_scissors().describe()


def test_larger_pictures_are_shrunk(hands):
    hands(56)
    shrunk = splits.rock_paper_scissors().train.images
    assert shrunk.shape == (12, 3, 28, 28)
    originals = torch.from_numpy(data.load("rock_paper_scissors", "train").images)
    wanted = F.interpolate(originals, (28, 28), mode="bicubic", antialias=True)  # of bytes: rounded between the axes
    assert (shrunk.float() - wanted.float()).abs().max() <= 1


def test_shrinking_keeps_a_uniform_colour():
    one_colour = np.broadcast_to(np.array([77, 86, 78], np.uint8)[None, :, None, None], (1, 3, 56, 56))
    assert (sized(one_colour, 28, False) == one_colour[:, :, :28, :28]).all()


def test_grey_is_the_luminance():
    colours = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 9, 9]], np.uint8)
    pictures = np.broadcast_to(colours[:, :, None, None], (4, 3, 8, 8))
    assert sized(pictures, 8, True)[:, 0, 3, 3].tolist() == [76, 150, 29, 9]
    assert np.array_equal(sized(pictures[3:], 8, True), pictures[3:, :1])


@pytest.mark.parametrize(
    ("written", "ask", "sentence"),
    [
        ({}, lambda: splits.rock_paper_scissors_150(), "at hand are 28×28, and this needs 150×150"),
        ({"grey": True}, lambda: splits.rock_paper_scissors(), "are grey, and this needs colour"),
        ({"names": None}, lambda: splits.rock_paper_scissors(choosing=True), "without the published names"),
    ],
)
def test_unavailable_splits_are_reported_in_one_sentence(hands, written, ask, sentence):
    hands(**written)
    with pytest.raises(data.DataError, match=sentence):
        ask()


def test_renamed_files_are_detected(hands):
    hands(names=[f"x{i}-0.png" for i in range(12)])
    with pytest.raises(data.DataError, match="names 12 pictures where 6 belong"):  # the test set has twelve names, too
        splits.rock_paper_scissors(choosing=True)


@pytest.mark.parametrize(
    ("name", "counts", "shape"),
    [("rock_paper_scissors", (1800, 720, 372), (3, 28, 28)), ("horses_or_humans", (834, 193, 256), (1, 96, 96))],
)
def test_the_real_sets(name, counts, shape):
    if not data.available(name):
        unchecked.without_full_data()
    parts = getattr(splits, name)(choosing=True)
    assert tuple(len(part) for part in (parts.train, parts.valid, parts.test)) == counts
    assert {part.images.shape[1:] for part in (parts.train, parts.valid, parts.test)} == {shape}
    train, test = data.load(name, "train"), data.load(name, "test")
    assert set(splits.VALIDATING[name]) < set(train.figures)
    same = {figure for figure in train.figures if figure in test.figures}
    assert all(figure.startswith("testscissors") for figure in same)  # other hands in spite of their name
