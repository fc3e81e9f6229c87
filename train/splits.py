"""Which pictures train, select and test. One function per data set; all return uint8 tensors (N, C, H, W)."""

from dataclasses import dataclass

import torch

import data


@dataclass(frozen=True)
class Split:
    images: torch.Tensor  # (N, C, H, W) uint8
    labels: torch.Tensor  # (N,) int64

    def __len__(self):
        return len(self.images)

    def floats(self):
        """The pictures in [0, 1]."""
        return self.images.float().div_(255)


@dataclass(frozen=True)
class Splits:
    """`sample` holds the pictures shipped with the project (never trained on), None where none are shipped."""

    name: str
    note: str
    train: Split
    test: Split
    sample: Split | None = None

    def describe(self):
        """The `dataset` section of a card."""
        return {
            "name": self.name,
            "note": self.note,
            "train_images": len(self.train),
            "test_images": len(self.test),
            "sample_images": len(self.sample) if self.sample else 0,
        }


def _split(arrays):
    return Split(torch.from_numpy(arrays.images), torch.from_numpy(arrays.labels))


def mnist():
    """59,000 train and 10,000 test images; the 1,000 shipped ones come from the train set and are held out of it."""
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


def fashion_mnist():
    """The published 60,000 and 10,000; the 1,000 shipped pictures are the first of the test set."""
    return Splits(
        name="fashion_mnist",
        note="the published train and test sets",
        train=_split(data.load("fashion_mnist", "train")),
        test=_split(data.load("fashion_mnist", "test")),
        sample=_split(data.sample("fashion_mnist")),
    )


def kmnist():
    """The published 60,000 and 10,000 where the train images are there, otherwise 9,000 and 1,000 of the test set."""
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
