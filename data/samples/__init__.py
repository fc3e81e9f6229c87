"""The pictures shipped with the project, at most 1,000 a set; make.py says where they come from."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from data import mnist
from data.images import Images

FOLDER = Path(__file__).parent
SIZE = 1_000
# What exactly each sample is: split of the full set, and a sentence.
SHIPPED = {
    "mnist": ("train", "1,000 images of the MNIST train set, 100 of each digit; `indices` are their rows there."),
    "fashion_mnist": ("test", "The first 1,000 images of the Fashion-MNIST test set; `indices` are their rows there."),
}


def read(name):
    """The shipped sample of a set, or None."""
    if name in SHIPPED:
        return _stored(name)
    return None


def head(full):
    """The first 1,000 images of a set that is in the data root."""

    def cut(array):
        return None if array is None else array[:SIZE].copy()

    return replace(
        full,
        images=cut(full.images),
        labels=cut(full.labels),
        indices=cut(full.indices),
        factors=cut(full.factors),
        note=f"The first {min(SIZE, len(full)):,} images of this split. {full.note}",
    )


def _stored(name):
    split, what = SHIPPED[name]
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as arrays:
        images, labels, indices = (arrays[key] for key in ("images", "labels", "indices"))
    note = f"{what} {mnist.NOTES[name]}"
    return Images(name, split, images, labels.astype(np.int64), mnist.CLASSES[name], "sample", note, indices)
