"""The shipped pictures, at most 1,000 per set: files next to this one (see make.py), or drawn here."""

import functools
from dataclasses import replace
from pathlib import Path

import numpy as np

from data import dsprites, mnist, npz, street_digits
from data.images import Images

FOLDER = Path(__file__).parent
SIZE = 1_000
SEED = 0  # RandomState gives the same numbers in every version of NumPy


def read(name: str) -> Images | None:
    """The sample of a set, or None for a set without one. Raises DataError if its file is damaged."""
    match name:
        case "mnist":
            return _mnist()
        case "fashion_mnist":
            what = "The first 1,000 images of the Fashion-MNIST test set; `indices` are their rows there."
            return _stored(name, "test", what)
        case "binarized_mnist":
            return binarised(_mnist())
        case "dsprites":
            rows = np.sort(np.random.RandomState(SEED).permutation(len(dsprites.orientation0()))[:SIZE])
            note = f"1,000 images spread over the 18,432 with orientation 0. {dsprites.NOTE}"
            return dsprites.images(dsprites.orientation0()[rows], "sample", note)
        case "street_digits":
            drawn = _street_digits()
            return replace(drawn, images=drawn.images.copy(), labels=np.array(drawn.labels))
    return None


def binarised(grey: Images) -> Images:
    """Every pixel sampled once: 255 with probability value/255, otherwise 0."""
    uniform = np.random.RandomState(SEED).random_sample(grey.images.shape)
    return replace(
        grey,
        name="binarized_mnist",
        images=np.where(uniform < grey.images / 255, 255, 0).astype(np.uint8),
        note=f"A binarisation of our own (each pixel drawn once, seed {SEED}), not Larochelle's. {grey.note}",
    )


def taken(full: Images) -> Images:
    """1,000 images of a split as its sample: the first ones, or for a sorted split random ones in random order.

    A split with fewer images is unchanged.
    """
    drawn, rows = full.sorted and len(full) > SIZE, full.rows(SIZE)
    which = f"{SIZE:,} random images of the {len(full):,}" if drawn else f"The first {len(rows):,} images"

    def cut(array):
        return None if array is None else array[rows]

    return replace(
        full,
        images=cut(full.images),
        labels=cut(full.labels),
        source="sample",
        note=f"{which} of the {full.split} split. {full.note}",
        indices=rows if drawn and full.indices is None else cut(full.indices),
        factors=cut(full.factors),
        figures=cut(full.figures),
        sorted=full.sorted and not drawn,
    )


@functools.cache  # a second to draw, 3 MB
def _street_digits() -> Images:
    note = f"The first 1,000 images of the test split. {street_digits.NOTE}"
    return street_digits.images("test", SIZE, "sample", note)


def _mnist() -> Images:
    what = "1,000 images of the MNIST train set, 100 of each digit; `indices` are their rows there."
    return _stored("mnist", "train", what)


def _stored(name: str, split: str, what: str) -> Images:
    images, labels, indices = npz.read(FOLDER / f"{name}.npz", "images", "labels", "indices")
    note = f"{what} {mnist.NOTES[name]}"
    return Images(name, split, images, labels.astype(np.int64), mnist.CLASSES[name], "sample", note, indices)
