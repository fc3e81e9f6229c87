"""Street View House Numbers, cropped digits: 73,257 + 26,032 colour pictures of 32×32 in two MATLAB files.

Smaller collections of real digits are read from train.npz and test.npz (x (N, 32, 32, 3), y (N,)); `source` is then
"partial".
"""

import math
from pathlib import Path

import numpy as np

from data import bounded, npz
from data.download import Remote
from data.folders import first, folder
from data.images import DataError, Images, Source

SPLITS = ("train", "test")
COUNTS = {"train": 73_257, "test": 26_032}
NOTE = "SVHN street numbers, Netzer et al. 2011, for non-commercial use only."


def _paths(split: str) -> tuple[Path | None, Path | None]:
    return first("svhn", f"{split}_32x32.mat"), first("svhn", f"{split}.npz")


def state(name: str, split: str) -> Source | None:
    """ "full" for the MATLAB file, "partial" for the npz file, or None."""
    original, packed = _paths(split)
    return "full" if original else "partial" if packed else None


def read(name: str, split: str) -> Images:
    """Images (N, 3, 32, 32) and labels 0 to 9. Raises DataError."""
    original, packed = _paths(split)
    if path := original:
        pictures, labels = _mat(path)
    elif path := packed:
        pictures, labels = npz.read(path, "x", "y")
    else:
        raise DataError(
            f"The {split} images of svhn are missing: run `python -m data svhn` to download them, "
            f"or put {split}_32x32.mat into {folder(name)}."
        )
    npz.check(path, pictures, (None, 32, 32, 3))
    if labels.size != len(pictures):
        raise DataError(f"{path} holds {len(pictures):,} pictures but {labels.size:,} labels: replace it.")
    labels = npz.whole(path, labels.ravel(), len(pictures), 11) % 10  # the original calls the digit 0 class 10
    count = COUNTS[split]
    whole = len(pictures) == count
    note = NOTE if whole else f"Only {len(pictures):,} of the {count:,} {split} images (partial). {NOTE}"
    images = np.ascontiguousarray(pictures.transpose(0, 3, 1, 2))
    return Images(name, split, images, labels, tuple("0123456789"), "full" if whole else "partial", note)


def _mat(path: Path) -> tuple[np.ndarray, np.ndarray]:
    from scipy.io import loadmat, whosmat  # slow to import, and only needed here

    try:
        bounded.check(sum(math.prod(shape) for _, shape, _ in whosmat(path)), bounded.LARGEST, path)
        arrays = loadmat(path)
        return arrays["X"].transpose(3, 0, 1, 2), arrays["y"]
    except DataError:
        raise
    except Exception:  # scipy raises a dozen kinds of errors on damaged files
        raise DataError(f"{path} is cut off or damaged: delete it and download the set again.") from None


def remote(name: str, split: str) -> list[Remote]:
    """The MATLAB file of the split, with URL and MD5 sum from torchvision."""
    from torchvision.datasets import SVHN  # imports torch, so only for a download

    url, file, md5 = SVHN.split_list[split]
    return [Remote(folder(name) / file, (url,), "md5", md5)]
