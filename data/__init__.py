"""Data sets in memory: `load` reads full sets from the data root, `sample` the small ones shipped with the project.

    data.load("mnist", "train").images     (60000, 1, 28, 28) uint8
    data.sample("mnist").labels            (1000,) int64
    python -m data                         list the sets, and how to download missing ones

The data root is the folder named by LATENT_LAB_DATA, by default latent-lab in the user's cache folder.
"""

from typing import Protocol

from data import binarized_mnist, dsprites, emoji, mnist, moroney, samples, street_digits, svhn
from data.download import Progress, Remote, fetch
from data.folders import root
from data.images import DataError, Images, Source

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


class Reader(Protocol):
    """The interface of a data set's module, which may read several sets. The first split is the default.

    A reader may also have CLASSES, the names of the classes: a tuple, or a dict with a tuple for each set.
    """

    @property
    def SPLITS(self) -> tuple[str, ...]: ...

    def state(self, name: str, split: str) -> Source | None:
        """How complete the split is in the data root, or None without it."""
        ...

    def read(self, name: str, split: str) -> Images:
        """All images of the split; raises DataError."""
        ...

    def remote(self, name: str, split: str) -> list[Remote]:
        """The files to download for a split; raises DataError for a set that may not be downloaded."""
        ...


READERS: dict[str, Reader] = {
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


def names() -> tuple[str, ...]:
    """The names of all data sets."""
    return tuple(READERS)


def split_names(name: str) -> tuple[str, ...]:
    """The splits of a set; the first is the default of `load`. Raises DataError for an unknown set."""
    return _reader(name).SPLITS


def state(name: str, split: str) -> Source | None:
    """How complete a split in the data root is: "full", "partial", "reduced", "rendered" (see Images.source), or None.

    Raises DataError for an unknown set or split.
    """
    return _reader(name, split).state(name, split)


def available(name: str, split: str | None = None) -> bool:
    """Whether `load` finds this split without a download; by default the last split, which is the test split if there
    is one. Raises DataError for an unknown set or split."""
    return state(name, split or split_names(name)[-1]) is not None


def load(name: str, split: str | None = None, *, download: bool = False, progress: Progress | None = None) -> Images:
    """All images of one split (default: the set's first) from the data root.

    download: fetch missing files from the set's original source first; progress(file, received, total) counts bytes.
    Raises DataError if the set is unknown, its files are missing or damaged, or the download fails.
    """
    reader = _reader(name, split)
    split = split or reader.SPLITS[0]
    if download and reader.state(name, split) in (None, "partial"):
        download_split(name, split, progress)
    return reader.read(name, split)


def download_split(name: str, split: str, progress: Progress | None = None) -> None:
    """Fetch the missing files of one split from the set's original source. Raises DataError."""
    reader = _reader(name, split)
    if reader.state(name, split) not in ("full", "rendered"):
        for file in reader.remote(name, split):
            fetch(file, progress)


def sample(name: str) -> Images:
    """At most 1,000 images, the same on every machine.

    For a set without shipped images, they are from its last split (test) in the data root: the first 1,000, or random
    ones if the split is sorted. Raises DataError if that is missing, or a shipped file is damaged.
    """
    _reader(name)
    if shipped := samples.read(name):
        return shipped
    return samples.taken(load(name, split_names(name)[-1]))


def class_names(name: str) -> tuple[str, ...]:
    """Names of the classes of a set's labels, () if it has none. The set itself may be missing."""
    known = getattr(_reader(name), "CLASSES", ())
    return known.get(name, ()) if isinstance(known, dict) else known


def _reader(name: str, split: str | None = None) -> Reader:
    if name not in READERS:
        raise DataError(f'There is no data set "{name}"; there are {", ".join(READERS)}.')
    reader = READERS[name]
    if split is not None and split not in reader.SPLITS:
        raise DataError(f'{name} has no split "{split}"; it has {", ".join(reader.SPLITS)}.')
    return reader
