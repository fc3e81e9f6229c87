"""MNIST with every pixel sampled once as 0 or 1: the fixed binarisation used for comparing likelihoods.

Sampled by Salakhutdinov and Murray (2008), distributed by Larochelle as text: 50,000 + 10,000 + 10,000 rows of 784
digits.
"""

from pathlib import Path

import numpy as np

from data import npz
from data.download import Remote
from data.folders import first, folder
from data.images import DataError, Images, Source

SPLITS = ("train", "valid", "test")
CLASSES = tuple("0123456789")  # Larochelle's text files have no labels
COUNTS = {"train": 50_000, "valid": 10_000, "test": 10_000}
SHA256 = {
    "train": "ad693b29f94c14277b095f5238ddefbbdaaae0939789dd2f4f0205278cee3e4d",
    "valid": "1de3d397c40fe8eeb33dafd4099a1f665ec01e96d9be234aaeeac8a34930e2e2",
    "test": "e6687bfea3f820c174f33b7865140b2a2dd2930ef786f35d45795fc193b5ab2c",
}
URL = "http://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist/"
NOTE = (
    "The fixed binarisation of MNIST by Salakhutdinov and Murray as distributed by Larochelle; MNIST: Yann LeCun and "
    "Corinna Cortes, CC BY-SA 3.0."
)


def _paths(split: str) -> tuple[Path | None, Path | None]:
    return first("binarized_mnist", "binarized_mnist.npz"), first("binarized_mnist", f"binarized_mnist_{split}.amat")


def state(name: str, split: str) -> Source | None:
    """ "full" if one of the two files with this split is there."""
    return "full" if any(_paths(split)) else None


def read(name: str, split: str) -> Images:
    """Images (N, 1, 28, 28) of 0 and 255. Raises DataError.

    Labels and `indices` (rows of MNIST; for train and valid, of its train set) are None for the text files, which have
    neither.
    """
    packed, text = _paths(split)
    labels = indices = None
    if packed:
        bits, labels, indices = npz.read(packed, split, optional=(f"{split}_labels", f"{split}_mnist_index"))
        npz.check(packed, bits, (COUNTS[split], 784))
        labels = None if labels is None else npz.whole(packed, labels, COUNTS[split], 10)
        indices = None if indices is None else npz.whole(packed, indices, COUNTS[split], 60_000)
    elif text:
        bits = _amat(text, COUNTS[split])
    else:
        raise DataError(
            f"The {split} images of {name} are missing: run `python -m data {name}` to download them, "
            f"or put binarized_mnist_{split}.amat into {folder(name)}."
        )
    if bits.max() > 1:
        raise DataError(f"{packed or text} holds other values than 0 and 1: replace it.")
    return Images(
        name,
        split,
        bits.reshape(-1, 1, 28, 28) * np.uint8(255),
        labels,
        () if labels is None else CLASSES,
        "full",
        NOTE,
        indices,
        sorted=split == "test",  # as published: all zeros, then all ones, …
    )


def _amat(path: Path, count: int) -> np.ndarray:
    """(count, 784) of 0 and 1 from text: digit, space, digit, ..., digit, newline."""
    try:
        raw = np.fromfile(path, np.uint8)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from None
    if raw.size != count * 784 * 2:
        raise DataError(f"{path} has {raw.size:,} bytes where {count * 784 * 2:,} belong: replace it.")
    return raw[::2] - np.uint8(ord("0"))


def remote(name: str, split: str) -> list[Remote]:
    """The text file of the split."""
    file = f"binarized_mnist_{split}.amat"
    return [Remote(folder(name) / file, (URL + file,), "sha256", SHA256[split])]
