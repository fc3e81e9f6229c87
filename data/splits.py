"""Train, validation and test pictures. One function per data set; all return uint8 tensors (N, C, H, W)."""

import dataclasses
from dataclasses import dataclass

import numpy as np
import torch

import data
from data import planar
from data.sized import sized


@dataclass(frozen=True)
class Split:
    """Pictures with their labels, for training, validation or test."""

    images: torch.Tensor  # (N, C, H, W) uint8; or float32, a network's features (N, features) or points (N, 2)
    labels: torch.Tensor  # (N,) int64, −1 if the set has none; (N, K) the classes of K factors
    sorted: bool = False  # by class or name, as in data.Images

    def __len__(self) -> int:
        return len(self.images)

    def rows(self, count: int) -> torch.Tensor:
        """Row numbers (count,) of representative pictures, fewer if there are not enough.

        They are the first ones, or for a sorted set random ones (seed 0) in random order, so that any first part of
        them is representative, too.
        """
        if self.sorted:
            return torch.randperm(len(self), generator=torch.Generator().manual_seed(0))[:count]
        return torch.arange(min(count, len(self)))

    def some(self, count: int) -> "Split":
        """The pictures of `rows`."""
        rows = self.rows(count)
        return Split(self.images[rows], self.labels[rows])

    def floats(self) -> torch.Tensor:
        """The pictures (N, C, H, W) in [0, 1], float32; features as they are."""
        return scaled(self.images)


def scaled(images: torch.Tensor) -> torch.Tensor:
    """Grey levels (uint8) of any shape as float32 in [0, 1]; other types are unchanged."""
    return images.float().div_(255) if images.dtype == torch.uint8 else images


@dataclass(frozen=True)
class Splits:
    """`sample` has the pictures shipped with the project (the note says if they were trained on), or is None. `real`
    has photographs that a synthetic set imitates, not used in training, or is None. classes: names of the labels, ()
    if they are not needed. pictures: how they differ from the published ones, or "". unit: what is counted.
    """

    name: str
    note: str
    train: Split
    test: Split
    sample: Split | None = None
    valid: Split | None = None
    real: Split | None = None
    classes: tuple[str, ...] = ()
    pictures: str = ""
    unit: str = "images"

    def holding(self, count: int) -> "Splits":
        """The same with `count` random train pictures (seed 0) held out as `valid`.

        Raises ValueError if there are not enough, if there are validation pictures already, or if the test pictures are
        the train set itself, which then cannot spare any.
        """
        if self.valid is not None or self.test is self.train or not 0 < count < len(self.train):
            raise ValueError(f"{count:,} of the {len(self.train):,} train pictures of {self.name} cannot be held out.")
        order = torch.randperm(len(self.train), generator=torch.Generator().manual_seed(0))
        held, kept = (
            Split(self.train.images[rows], self.train.labels[rows]) for rows in (order[:count], order[count:])
        )
        note = f"{self.note}; {count:,} train pictures held out for what is watched"
        return dataclasses.replace(self, note=note, train=kept, valid=held)

    def describe(self) -> dict:
        """The `dataset` section of a card."""
        described = {
            "name": self.name,
            "note": self.note,
            "train_images": len(self.train),
            "test_images": len(self.test),
            "sample_images": len(self.sample) if self.sample else 0,
        }
        if self.unit != "images":
            described["unit"] = self.unit
        if self.classes:
            described |= {"classes": list(self.classes), "pictures": self.pictures}
        return described | ({"valid_images": len(self.valid)} if self.classes and self.valid else {})


def _split(arrays: data.Images) -> Split:
    labels = torch.full((len(arrays),), -1) if arrays.labels is None else torch.from_numpy(arrays.labels)
    return Split(torch.from_numpy(arrays.images), labels, arrays.sorted)


def mnist() -> Splits:
    """59,000 train and 10,000 test images; the 1,000 shipped ones are held out of the train set."""
    train, shipped = data.load("mnist", "train"), data.sample("mnist")
    everything = _split(train)
    kept = torch.ones(len(everything), dtype=torch.bool)
    kept[torch.from_numpy(shipped.indices)] = False
    note = "the MNIST train set without the 1,000 shipped pictures; tested on the MNIST test set"
    return Splits(
        name="mnist",
        note=note,
        train=Split(everything.images[kept], everything.labels[kept]),
        test=_split(data.load("mnist", "test")),
        sample=_split(shipped),
    )


def ring(points: int = 20_000) -> Splits:
    """`points` train points (N, 2) and as many test points from eight Gaussians on a circle.

    Stored so that 2·x − 1, which is applied to pixels in [0, 1], gives coordinates with mean 0 and deviation 1.
    """
    drawn = planar.ring(2 * points, np.random.default_rng(0))
    standard = (drawn - drawn[:points].mean(0)) / drawn[:points].std(0)
    images, labels = torch.from_numpy(standard / 2 + 0.5).float(), torch.zeros(2 * points, dtype=torch.int64)
    train, test = (Split(images[part], labels[part]) for part in (slice(points), slice(points, None)))
    note = f"{planar.SETS['ring'].title}, drawn by numpy with seed 0, in standard deviations"
    return Splits("ring", note, train, test, unit="points")


def fashion_mnist() -> Splits:
    """The published 60,000 and 10,000; the 1,000 shipped pictures are the first of the test set."""
    return Splits(
        name="fashion_mnist",
        note="the published train and test sets",
        train=_split(data.load("fashion_mnist", "train")),
        test=_split(data.load("fashion_mnist", "test")),
        sample=_split(data.sample("fashion_mnist")),
    )


def kmnist() -> Splits:
    """The published 60,000 and 10,000 if the train images are there, otherwise 9,000 and 1,000 of the test set."""
    test = _split(data.load("kmnist", "test"))
    if data.available("kmnist", "train"):
        train = _split(data.load("kmnist", "train"))
        return Splits("kmnist", "the published train and test sets", train, test)
    order = torch.randperm(len(test), generator=torch.Generator().manual_seed(42))
    ours, held = order[:9000], order[9000:]
    return Splits(
        name="kmnist",
        note="9,000 of the 10,000 published test images, tested on the other 1,000 (permutation of seed 42)",
        train=Split(test.images[ours], test.labels[ours]),
        test=Split(test.images[held], test.labels[held]),
    )


def binarized_mnist() -> Splits:
    """Larochelle's 50,000, 10,000 and 10,000 images of ones and zeros; the shipped ones are binarised by us."""
    train, valid, test = (_split(data.load("binarized_mnist", split)) for split in ("train", "valid", "test"))
    note = (
        "the fixed binarisation as published: 50,000 train, 10,000 validation and 10,000 test images; the shipped "
        "sample is another binarisation of images most of which are in the train set"
    )
    return Splits("binarized_mnist", note, train, test, _split(data.sample("binarized_mnist")), valid)


def svhn() -> Splits:
    """The published 73,257 and 26,032 if the data root has them, otherwise the smaller collections that it has."""
    train, test = data.load("svhn", "train"), data.load("svhn", "test")
    whole = train.source == test.source == "full"
    note = "the published train and test sets" if whole else f"{train.note} {test.note}"
    return Splits("svhn", note, _split(train), _split(test))


def street_digits() -> Splits:
    """50,000 and 10,000 synthetic pictures; the 1,000 shipped ones are the first of the test set. `real` has all SVHN
    digits in the data root."""
    real = [_split(data.load("svhn", split)) for split in data.split_names("svhn") if data.available("svhn", split)]
    note = "synthetic: drawn by data/street_digits.py, train and test from seeds of their own"
    return Splits(
        name="street_digits",
        note=note,
        train=_split(data.load("street_digits", "train")),
        test=_split(data.load("street_digits", "test")),
        sample=_split(data.sample("street_digits")),
        real=Split(torch.cat([s.images for s in real]), torch.cat([s.labels for s in real])) if real else None,
    )


def emoji() -> Splits:
    """All 3,671 pictures as train set; there is no other split, so distances compare with the same pictures."""
    everything = _split(data.load("emoji", "train"))
    return Splits(
        "emoji", "all emojis; measured against the same pictures, since there are no others", everything, everything
    )


def dsprites() -> Splits:
    """All 18,432 pictures with orientation 0, in random order (seed 0), so that any first part covers all factors.
    Labels are the shapes. There is no other split, so the figures are for the same pictures."""
    everything, _ = sprites()
    note = (
        "all 18,432 pictures with orientation 0, drawn by data/dsprites.py; there are no others, so test figures are "
        "of the pictures that were trained on"
    )
    return Splits("dsprites", note, everything, everything, _split(data.sample("dsprites")))


def dsprites_factors(held: int = 2432) -> Splits:
    """The same pictures, 16,000 to train on and 2,432 to test. Labels (N, 4): classes of shape, scale, x and y."""
    everything, factors = sprites()
    train, test = (Split(everything.images[part], factors[part]) for part in (slice(held, None), slice(held)))
    note = f"{len(train):,} of the 18,432 pictures with orientation 0, tested on the other {held:,} (seed 0)"
    return Splits("dsprites", note, train, test)


def sprites() -> tuple[Split, torch.Tensor]:
    """A Split of all 18,432 dSprites with orientation 0 in random order, and their factors (N, 4)."""
    drawn = data.load("dsprites")
    order = torch.randperm(len(drawn), generator=torch.Generator().manual_seed(0))
    every = _split(drawn)
    factors = torch.from_numpy(drawn.factors)[:, [0, 1, 3, 4]]
    return Split(every.images[order], every.labels[order]), factors[order]


# The figures for validation while settings are chosen. Frames of one hand are almost alike, and so are several hands:
# hands 1 to 4 of a class make the same movement with four skins, hands 5 and 6 another, hand 7 one in between.
VALIDATING = {
    "rock_paper_scissors": (
        *("rock05ck01", "rock06ck02"),
        *("paper05", "paper06"),
        *("testscissors01", "testscissors02"),
    ),
    "horses_or_humans": (
        *(f"horse{number:02}" for number in range(5, 51, 5)),
        *("human04", "human09", "human14"),
    ),
}
PUBLISHED_TEST = {
    "rock_paper_scissors": "test set, which shows other hands",
    "horses_or_humans": "validation set, which shows other horses and people, most of them on white",
}


def rock_paper_scissors(side: int = 28, choosing: bool = False) -> Splits:
    """Hands in colour, side×side: 2,520 train and 372 test pictures, whose hands are in no train picture.

    choosing: 1,800 of the 2,520 for training, and 720 of other hands in other movements for validation.
    """
    return _figures("rock_paper_scissors", side, False, choosing)


def rock_paper_scissors_150(choosing: bool = False) -> Splits:
    """The same with 150×150 pixels; raises DataError if the originals are not here."""
    return rock_paper_scissors(150, choosing)


def horses_or_humans(side: int = 96, grey: bool = True, choosing: bool = False) -> Splits:
    """Horses and people, side×side: 1,027 train and 256 test pictures, which were published as the validation set:
    other horses and people, almost all on white, whereas those of the train set are in landscapes.

    choosing: 834 of the 1,027 for training, and 193 of other horses and people for validation.
    """
    return _figures("horses_or_humans", side, grey, choosing)


def horses_or_humans_150(choosing: bool = False) -> Splits:
    """The same in colour with 150×150 pixels; raises DataError if the originals are not here."""
    return horses_or_humans(150, False, choosing)


def _figures(name: str, side: int, grey: bool, choosing: bool) -> Splits:
    """One of Laurence Moroney's sets."""
    train, test = data.load(name, "train"), data.load(name, "test")
    figures = () if train.figures is None else train.figures
    if choosing and not set(VALIDATING[name]) <= set(figures):
        raise data.DataError(
            f"The train pictures of {name} come without the published names of their files, which say what validates; "
            f"run `python -m data {name}` to download the originals."
        )
    valid = torch.from_numpy(np.isin(figures, VALIDATING[name])) if choosing else torch.zeros(len(train)).bool()
    pictures, labels = torch.from_numpy(sized(train.images, side, grey)), torch.from_numpy(train.labels)
    reduced = train.source != "full" or test.source != "full"
    note = f"the published train set, tested on the published {PUBLISHED_TEST[name]}"
    if choosing:
        note = f"{(~valid).sum():,} pictures of the published train set; {valid.sum():,} with other figures validate"
    return Splits(
        name=name,
        note=note,
        train=Split(pictures[~valid], labels[~valid], train.sorted),
        valid=Split(pictures[valid], labels[valid], train.sorted) if choosing else None,
        test=Split(torch.from_numpy(sized(test.images, side, grey)), torch.from_numpy(test.labels), test.sorted),
        classes=train.classes,
        pictures=f"{side}×{side} {'grey' if grey else 'colour'}, "
        + ("from copies smaller than the originals" if reduced else "from the originals (300×300 colour)"),
    )


BY_NAME = {
    function.__name__: function
    for function in (
        mnist,
        fashion_mnist,
        kmnist,
        binarized_mnist,
        svhn,
        street_digits,
        emoji,
        dsprites,
        dsprites_factors,
        rock_paper_scissors,
        rock_paper_scissors_150,
        horses_or_humans,
        horses_or_humans_150,
    )
}


def named(name: str) -> Splits:
    """The Splits of one of the functions above, by its name or by its dotted name in a card's recipe.

    Raises DataError for any other name, and if the data are missing.
    """
    function = BY_NAME.get(name.rpartition(".")[2])
    if function is None:
        raise data.DataError(f"There are no train and test pictures called {name}.")
    return function()
