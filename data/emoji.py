"""JoyPixels emojis at 32×32 on white. Their licence forbids redistribution, so users need their own copy.

It can be the free zip from joypixels.com (png/unicode/32), the package emoji-assets as .tgz (png/32), a folder of 32×32
PNG files, or emoji32.npz with x (N, 32, 32, 4) RGBA.
"""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image

from data import bounded, npz
from data.download import Remote
from data.folders import first, folder
from data.images import DataError, Images, Source

SPLITS = ("train",)
SIDE = 32
LARGEST = 2**20  # bytes of one picture, more than any of 512×512 pixels
NOTE = "JoyPixels emojis on white, JoyPixels free licence: not to be passed on."


def _path() -> Path | None:
    """The file or folder to read, or None."""
    if packed := first("emoji", "emoji32.npz"):
        return packed
    place = folder("emoji")
    for pattern in ("*.zip", "*.tgz"):
        if archives := sorted(place.glob(pattern)):
            return archives[0]
    return place if next(place.rglob("*.png"), None) else None


def state(name: str, split: str) -> Source | None:
    """ "full" if a file or folder with emojis is there."""
    return "full" if _path() else None


def remote(name: str, split: str) -> list[Remote]:
    """Always raises DataError, which says where to get the emojis."""
    raise DataError(
        f"emoji cannot be downloaded automatically because of its licence: get the free PNG zip from "
        f"joypixels.com/download and put it into {folder(name)}."
    )


def read(name: str, split: str) -> Images:
    """Images (N, 3, 32, 32) without labels, ordered by file name. Raises DataError."""
    path = _path()
    if path is None:
        raise DataError(
            f"The emojis are missing: get the free PNG zip from joypixels.com/download and put it into {folder(name)}."
        )
    if path.suffix == ".npz":
        (pictures,) = npz.read(path, "x")
        npz.check(path, pictures, (None, SIDE, SIDE, 4))
    else:
        pictures = _pngs(path)
    return Images(name, split, on_white(pictures), None, (), "full", NOTE, sorted=True)


def on_white(rgba: np.ndarray) -> np.ndarray:
    """RGBA pictures (N, H, W, 4) uint8 composited over white: (N, 3, H, W) uint8, rounded to the nearest grey level."""
    colour, alpha = rgba[..., :3].astype(np.uint32), rgba[..., 3:].astype(np.uint32)
    mixed = (colour * alpha + 255 * (255 - alpha) + 127) // 255
    return np.ascontiguousarray(mixed.astype(np.uint8).transpose(0, 3, 1, 2))


def _pngs(path: Path) -> np.ndarray:
    """(N, 32, 32, 4) from all 32×32 PNG files in a zip, tgz or folder, ordered by file name."""
    pictures = {}
    try:
        for file, content in _contents(path):
            picture = Image.open(io.BytesIO(content))
            if picture.size == (SIDE, SIDE):  # known from the header: larger ones are never decoded
                pictures[PurePosixPath(file).name] = np.asarray(picture.convert("RGBA"))
    except (OSError, EOFError, ValueError, SyntaxError, zlib.error, zipfile.BadZipFile, tarfile.TarError):
        raise DataError(f"{path} is damaged: replace it by a fresh copy of the emojis.") from None
    except Image.DecompressionBombError:
        raise DataError(f"{path} holds a picture far too large for an emoji: replace it.") from None
    if not pictures:
        raise DataError(f"{path} holds no PNG files of 32×32 pixels: put the free PNG zip of JoyPixels there.")
    return np.stack([pictures[file] for file in sorted(pictures)])


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the PNG files; if each size has a folder, only those in folder 32."""
    if path.is_dir():
        for file in _of_size([str(p.relative_to(path)) for p in path.rglob("*.png")]):
            yield file, (path / file).read_bytes()
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for file in _of_size(archive.namelist()):
                yield file, bounded.member(archive, file, LARGEST, path)
    else:
        with tarfile.open(path) as archive:
            members = {member.name: member for member in archive if member.isfile()}
            for file in _of_size(members):
                if content := archive.extractfile(members[file]):
                    yield file, bounded.read(content, LARGEST, path)


def _of_size(files: Iterable[str]) -> list[str]:
    pngs = [f for f in files if f.lower().endswith(".png") and "__MACOSX" not in f]
    return [f for f in pngs if str(SIDE) in PurePosixPath(f.replace("\\", "/")).parts] or pngs
