"""Laurence Moroney's two sets of computer-generated pictures for first classifiers: 300×300 in colour, in zip files.

Smaller versions of all pictures are read from train.npz and test.npz (x (N, H, W, 3), y (N,), names (N,) of the
files); `source` is then "reduced". Many pictures show the same figure (a hand, a horse, a person) in motion, so that
neighbouring ones are very similar; the file names identify the figures.
"""

import io
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image

from data import bounded, npz
from data.download import Remote
from data.folders import first, folder
from data.images import DataError, Images, Source

SPLITS = ("train", "test")
SIDE = 300
LARGEST = 2**20  # bytes of one picture
MIRRORS = (
    "https://storage.googleapis.com/learning-datasets/",
    "https://storage.googleapis.com/download.tensorflow.org/data/",
)
CLASSES = {"rock_paper_scissors": ("rock", "paper", "scissors"), "horses_or_humans": ("horses", "humans")}
COUNTS = {
    "rock_paper_scissors": {"train": 2_520, "test": 372},
    "horses_or_humans": {"train": 1_027, "test": 256},
}
# File and sha256 from tensorflow_datasets.
ZIPS = {
    "rock_paper_scissors": {
        "train": ("rps.zip", "c2403444395842ad04c53612bad54b574443eae17a0723117a2ff87b9d72194f"),
        "test": ("rps-test-set.zip", "c27ab9fa43ce40b2e453de711365b477f4424586edf0388116674fd320f07503"),
    },
    "horses_or_humans": {
        "train": ("horse-or-human.zip", "e2e6f70d3d549c5dd10a57165e55af253ee66ad750403f95c0fb76bb943633a9"),
        "test": ("validation-horse-or-human.zip", "ae5fff2f4f5554791f05358108e2e05d9801b191f1896ea101402f0e7f6c32c0"),
    },
}
NOTES = {
    "rock_paper_scissors": "Rock Paper Scissors, computer-generated hands, Laurence Moroney, CC BY 2.0.",
    "horses_or_humans": "Horses or Humans, computer-generated, Laurence Moroney, CC BY 2.0.",
}


def _paths(name: str, split: str) -> tuple[Path | None, Path | None]:
    return first(name, ZIPS[name][split][0]), first(name, f"{split}.npz")


def state(name: str, split: str) -> Source | None:
    """ "full" for the zip file, "reduced" for the npz file, or None."""
    original, packed = _paths(name, split)
    return "full" if original else "reduced" if packed else None


def read(name: str, split: str) -> Images:
    """Images (N, 3, H, W), sorted by class, then by file name. Raises DataError.

    2,520 of the original pictures (300×300) take 680 MB.
    """
    original, packed = _paths(name, split)
    if path := original:
        pictures, labels, files = _unzip(path, CLASSES[name])
    elif path := packed:
        pictures, labels, files = npz.read(path, "x", "y", optional=["names"])
    else:
        raise DataError(
            f"The {split} images of {name} are missing: run `python -m data {name}` to download them, "
            f"or put {ZIPS[name][split][0]} into {folder(name)}."
        )
    count = COUNTS[name][split]
    npz.check(path, pictures, (None, None, None, 3))
    if len(pictures) != count:
        raise DataError(f"{path} holds {len(pictures):,} pictures where {count:,} belong: replace it.")
    labels = npz.whole(path, labels, count, len(CLASSES[name]))
    images = np.ascontiguousarray(pictures.transpose(0, 3, 1, 2))
    source, note = "full", NOTES[name]
    height, width = images.shape[2:]
    grey = (images == images[:, :1]).all()
    if grey or (height, width) != (SIDE, SIDE):
        source = "reduced"
        note += f" Reduced to {width}×{height} {'grey' if grey else 'colour'}; the originals are {SIDE}×{SIDE} colour."
    figures = None if files is None else np.array([figure(str(file)) for file in np.atleast_1d(files)])
    if figures is not None and figures.shape != (count,):
        raise DataError(f"{path} names {len(figures):,} pictures where {count:,} belong: replace it.")
    return Images(name, split, images, labels, CLASSES[name], source, note, figures=figures, sorted=True)


def figure(file: str) -> str:
    """The figure in a picture, from its file name: "rock06ck02" for "…/rock/rock06ck02-113.png"."""
    return re.sub(r"-?\d+$", "", PurePosixPath(file).stem)


def _unzip(path: Path, classes: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """(N, 300, 300, 3), (N,) and the names of .../CLASS/PICTURE.png."""
    pictures, labels, files = [], [], []
    try:
        with zipfile.ZipFile(path) as archive:
            for label, file in _members(archive, classes):
                picture = Image.open(io.BytesIO(bounded.member(archive, file, LARGEST, path)))
                if picture.size != (SIDE, SIDE):
                    raise DataError(f"{path} holds a picture of another size than {SIDE}×{SIDE}: replace it.")
                pictures.append(np.asarray(picture.convert("RGB")))
                labels.append(label)
                files.append(file)
    except (OSError, EOFError, ValueError, SyntaxError, zlib.error, zipfile.BadZipFile, Image.DecompressionBombError):
        raise DataError(f"{path} is cut off or damaged: delete it and download the set again.") from None
    if not pictures:
        raise DataError(f"{path} has no folders {', '.join(classes)} with pictures: replace it.")
    return np.stack(pictures), np.array(labels), files


def _members(archive: zipfile.ZipFile, classes: tuple[str, ...]) -> list[tuple[int, str]]:
    """(class, file name), sorted; without macOS's hidden copies of the files."""
    members = []
    for file in archive.namelist():
        parts = PurePosixPath(file).parts
        if file.lower().endswith(".png") and len(parts) > 1 and parts[-2] in classes and "__MACOSX" not in parts:
            members.append((classes.index(parts[-2]), file))
    return sorted(members)


def remote(name: str, split: str) -> list[Remote]:
    """The zip file of the split."""
    file, sha256 = ZIPS[name][split]
    return [Remote(folder(name) / file, tuple(mirror + file for mirror in MIRRORS), "sha256", sha256)]
