"""A visitor's pictures as inputs: sizes, copies, named failures, and what is held out."""

import numpy as np
import pytest

from data import DataError
from data.own import intake, preparation, sets
from data.own.intake import Intake
from data.own.preparation import Preparation, Settings, held_out
from tests.data.own_files import of_pictures, packed, picture, png


def taken(raw):
    return Intake(intake.opened("mine.zip", raw)).read()


@pytest.mark.parametrize(
    ("settings", "shape"),
    [
        (Settings("colour", 32), (3, 32, 32)),
        (Settings("grey", 28, ("invert",)), (1, 28, 28)),
        (Settings("grey", 64), (1, 64, 64)),
        (Settings("page", 28), (1, 28, 28)),
        (Settings("colour", 64, ("square",)), (3, 64, 64)),
    ],
)
def test_every_preparation_gives_inputs_of_its_size(settings, shape):
    prepared = Preparation(taken(of_pictures(12, side=40, colour=True)), settings).run()
    assert prepared.images.shape == (12, *shape)
    assert (prepared.images.dtype, prepared.problems, prepared.copies) == (np.uint8, [], 0)


def test_grey_pictures_of_the_right_size_are_not_changed():
    some = taken(of_pictures(12))
    prepared = Preparation(some, Settings("grey", 28, ("invert",))).run()
    assert np.array_equal(prepared.images[:, 0], np.stack(some.pictures))


def test_dark_on_light_pictures_are_inverted():
    arrays = [255 - np.asarray(one) for one in taken(of_pictures(12)).pictures]
    dark = taken(packed({f"{k:02}.png": png(array) for k, array in enumerate(arrays)}))
    plain, inverted = (Preparation(dark, Settings("grey", 28, off)).run().images for off in (("invert",), ()))
    assert np.array_equal(inverted, 255 - plain)


def test_identical_pictures_are_refused():
    same = taken(packed({f"{k}.png": picture(1) for k in range(20)}))
    with pytest.raises(DataError, match="All 20 pictures give the same input"):
        Preparation(same, Settings("grey")).run()


def test_copies_are_removed_so_that_no_picture_is_both_trained_on_and_held_out():
    every = taken(packed({f"{k:02}.png": picture(k % 15) for k in range(30)}))
    prepared = Preparation(every, Settings("grey", 28, ("invert",))).run()
    assert (len(prepared), prepared.copies) == (15, 15)


@pytest.mark.parametrize("count", [1, 9])
def test_fewer_than_ten_pictures_are_refused(count):
    with pytest.raises(DataError, match=f"Only {count} different pictures are left, and a network needs at least 10"):
        Preparation(taken(of_pictures(count)), Settings("grey")).run()


def test_ten_pictures_are_enough():
    assert len(Preparation(taken(of_pictures(10)), Settings("grey")).run()) == 10


def test_an_empty_picture_is_named():
    page = {f"{k:02}.png": png(255 - np.asarray(one)) for k, one in enumerate(taken(of_pictures(12)).pictures)}
    every = taken(packed(page | {"blank.png": png(np.full((40, 40), 250, np.uint8))}))
    prepared = Preparation(every, Settings("page", 28)).run()
    assert [problem.name for problem in prepared.problems] == ["blank.png"]
    assert "Nothing was found" in prepared.problems[0].reason


SKY = np.concatenate([np.full((30, 80), 200), np.tile(np.linspace(40, 180, 80), (50, 1))]).astype(np.uint8)


@pytest.mark.parametrize(
    ("raw", "way"),
    [
        (of_pictures(12), "grey"),
        (of_pictures(12, colour=True), "colour"),
        (
            packed({f"{k}.png": png(np.pad(np.full((8, 8), k, np.uint8), 30, constant_values=230)) for k in range(12)}),
            "page",
        ),
        (packed({f"{k}.png": png(SKY - k) for k in range(12)}), "grey"),  # light above, and many tones below
    ],
)
def test_the_kind_of_pictures_is_recognised(raw, way):
    assert preparation.suggested(taken(raw)).way == way


@pytest.mark.parametrize(("count", "held"), [(10, 2), (25, 2), (200, 20), (2000, 200), (50_000, 1000)])
def test_one_tenth_is_held_out(count, held):
    assert held_out(count) == held


def test_splits_keep_every_picture_once_with_its_class():
    prepared = Preparation(taken(of_pictures(40, ("cats", "dogs"))), Settings("grey", 28, ("invert",))).run()
    splits = sets.of(prepared, "own_pets")
    assert (len(splits.train), len(splits.test), splits.classes) == (36, 4, ("cats", "dogs"))
    rows = {image.tobytes(): label for image, label in zip(prepared.images, prepared.labels, strict=True)}
    both = [
        (split.images[k].numpy().tobytes(), int(split.labels[k]))
        for split in (splits.train, splits.test)
        for k in range(len(split))
    ]
    assert len({raw for raw, _ in both}) == 40
    assert all(rows[raw] == label for raw, label in both)
