"""Data sets in memory: `load` the full sets from the data root, `sample` the small ones shipped with the project.

    data.load("mnist", "train").images     (60000, 1, 28, 28) uint8
    data.sample("mnist").labels            (1000,) int64
    python -m data                         which sets are there, and how to download the others

The data root is the folder that LATENT_LAB_DATA names, by default latent-lab in the user's cache folder.
"""

from data import binarized_mnist, dsprites, emoji, mnist, moroney, samples, street_digits, svhn
from data.download import fetch
from data.folders import root
from data.images import DataError, Images

__all__ = [
    "DataError",
    "Images",
    "available",
    "class_names",
    "download_split",
    "load",
    "names",
    "root",
    "sample",
    "split_names",
    "state",
]

# A reader has SPLITS, state(name, split), read(name, split) and remote(name, split), the files that a download fetches.
READERS = {
    "mnist": mnist,
    "fashion_mnist": mnist,
    "kmnist": mnist,
    "binarized_mnist": binarized_mnist,
    "svhn": svhn,
    "street_digits": street_digits,
    "emoji": emoji,
    "dsprites": dsprites,
    "rock_paper_scissors": moroney,
    "horses_or_humans": moroney,
}


def names():
    return tuple(READERS)


def split_names(name):
    """The splits of a set; the first is what `load` takes when none is named."""
    return _reader(name).SPLITS


def state(name, split):
    """What the data root holds of a split: "full", "partial", "reduced" or "rendered" as in Images.source, or None."""
    return _reader(name, split).state(name, split)


def available(name, split=None):
    """Whether `load` finds this split without a download; without a split, the test split (or the set's only one)."""
    return state(name, split or split_names(name)[-1]) is not None


def load(name, split=None, *, download=False, progress=None):
    """All images of one split from the data root; raises DataError when they are missing or broken.

    download: fetch what is missing from the set's real source. progress(file, done, total) is called with bytes.
    """
    reader = _reader(name, split)
    split = split or reader.SPLITS[0]
    if download and reader.state(name, split) in (None, "partial"):
        download_split(name, split, progress)
    return reader.read(name, split)


def download_split(name, split, progress=None):
    """Fetch the files of one split from the set's real source, those that are not there yet."""
    reader = _reader(name, split)
    if reader.state(name, split) not in ("full", "rendered"):
        for file in reader.remote(name, split):
            fetch(file, progress)


def sample(name):
    """At most 1,000 images, the same on every machine; sets of which none are shipped give their first 1,000 (test)
    images from the data root. Raises DataError where those are missing."""
    _reader(name)
    if shipped := samples.read(name):
        return shipped
    return samples.head(load(name, split_names(name)[-1]))


def class_names(name):
    """Names of the classes of a set's labels, also where the set itself is missing; () where it names none."""
    known = getattr(_reader(name), "CLASSES", ())
    return known.get(name, ()) if isinstance(known, dict) else known


def _reader(name, split=None):
    if name not in READERS:
        raise DataError(f'There is no data set "{name}"; there are {", ".join(READERS)}.')
    reader = READERS[name]
    if split is not None and split not in reader.SPLITS:
        raise DataError(f'{name} has no split "{split}"; it has {", ".join(reader.SPLITS)}.')
    return reader
