"""MNIST, Fashion-MNIST and KMNIST, all in idx files: 60,000 + 10,000 pictures of 28×28, ten classes."""

from pathlib import Path

import numpy as np

from data import idx
from data.download import Remote
from data.folders import first, folder
from data.images import DataError, Images, Source

SPLITS = ("train", "test")
COUNTS = {"train": 60_000, "test": 10_000}
PREFIXES = {"train": "train", "test": "t10k"}
TORCHVISION = {"mnist": "MNIST", "fashion_mnist": "FashionMNIST", "kmnist": "KMNIST"}
CLASSES = {
    "mnist": tuple("0123456789"),
    "fashion_mnist": (
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ),
    "kmnist": ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
}
NOTES = {
    "mnist": "MNIST handwritten digits, Yann LeCun and Corinna Cortes, CC BY-SA 3.0.",
    "fashion_mnist": "Fashion-MNIST clothes, Zalando SE, MIT licence.",
    "kmnist": 'Cursive Japanese, "KMNIST Dataset" (created by CODH), adapted from "Kuzushiji Dataset" (created by NIJL '
    "and others), doi:10.20676/00000341, CC BY-SA 4.0.",
}


def _files(split: str) -> tuple[str, str]:
    return f"{PREFIXES[split]}-images-idx3-ubyte.gz", f"{PREFIXES[split]}-labels-idx1-ubyte.gz"


def _paths(name: str, split: str) -> tuple[Path | None, Path | None]:
    """Images file and labels file, each gzipped or unpacked; None for a missing one."""
    images, labels = (first(name, file, file.removesuffix(".gz")) for file in _files(split))
    return images, labels


def state(name: str, split: str) -> Source | None:
    """ "full" if the files of images and labels are there."""
    return "full" if all(_paths(name, split)) else None


def read(name: str, split: str) -> Images:
    """Images (N, 1, 28, 28) and labels 0 to 9. Raises DataError."""
    images, labels = _paths(name, split)
    if not (images and labels):
        what, file = ("labels", _files(split)[1]) if images else ("images", _files(split)[0])
        raise DataError(
            f"The {split} {what} of {name} are missing: run `python -m data {name}` to download them, "
            f"or put {file} into {folder(name)}."
        )
    count = COUNTS[split]
    pictures, classes = idx.read(images, (count, 28, 28)), idx.read(labels, (count,))
    if classes.max() > 9:
        raise DataError(f"{labels} holds classes above 9: delete it and download the set again.")
    return Images(name, split, pictures[:, None], classes.astype(np.int64), CLASSES[name], "full", NOTES[name])


def remote(name: str, split: str) -> list[Remote]:
    """Files, mirrors and MD5 sums from torchvision."""
    from torchvision import datasets  # imports torch, so only for a download

    source = getattr(datasets, TORCHVISION[name])
    md5 = dict(source.resources)
    return [
        Remote(folder(name) / file, tuple(mirror + file for mirror in source.mirrors), "md5", md5[file])
        for file in _files(split)
    ]
