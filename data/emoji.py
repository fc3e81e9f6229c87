"""JoyPixels emojis at 32×32 on white. Their licence forbids passing them on, so each person brings their own copy:

the free zip from joypixels.com (png/unicode/32), the package emoji-assets as .tgz (png/32), a folder of 32×32 PNG
files, or emoji32.npz with x (N, 32, 32, 4) RGBA.
"""

import io
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath

import numpy as np
from PIL import Image

from data import npz
from data.folders import first, folder
from data.images import DataError, Images

SPLITS = ("train",)
SIDE = 32
NOTE = "JoyPixels emojis on white, JoyPixels free licence: not to be passed on."


def _path():
    """The file or folder to read, or None."""
    if packed := first("emoji", "emoji32.npz"):
        return packed
    place = folder("emoji")
    for pattern in ("*.zip", "*.tgz"):
        if found := sorted(place.glob(pattern)):
            return found[0]
    return place if next(place.rglob("*.png"), None) else None


def state(name, split):
    return "full" if _path() else None


def remote(name, split):
    raise DataError(
        f"emoji cannot be downloaded automatically because of its licence: get the free PNG zip from "
        f"joypixels.com/download and put it into {folder(name)}."
    )


def read(name, split):
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
    return Images(name, split, on_white(pictures), None, (), "full", NOTE)


def on_white(rgba):
    """(N, H, W, 4) with alpha -> (N, 3, H, W) over white, rounded to the nearest grey level."""
    colour, alpha = rgba[..., :3].astype(np.uint32), rgba[..., 3:].astype(np.uint32)
    mixed = (colour * alpha + 255 * (255 - alpha) + 127) // 255
    return np.ascontiguousarray(mixed.astype(np.uint8).transpose(0, 3, 1, 2))


def _pngs(path):
    """(N, 32, 32, 4) from all 32×32 PNG files in a zip, tgz or folder, ordered by file name."""
    found = {}
    try:
        for file, content in _contents(path):
            picture = Image.open(io.BytesIO(content))
            if picture.size == (SIDE, SIDE):  # known from the header: larger ones are never decoded
                found[PurePosixPath(file).name] = np.asarray(picture.convert("RGBA"))
    except (OSError, EOFError, ValueError, SyntaxError, zlib.error, zipfile.BadZipFile, tarfile.TarError):
        raise DataError(f"{path} is damaged: replace it by a fresh copy of the emojis.") from None
    except Image.DecompressionBombError:
        raise DataError(f"{path} holds a picture far too large for an emoji: replace it.") from None
    if not found:
        raise DataError(f"{path} holds no PNG files of 32×32 pixels: put the free PNG zip of JoyPixels there.")
    return np.stack([found[file] for file in sorted(found)])


def _contents(path):
    """(name, bytes) of the PNG files; where the sizes lie in folders of their own, only those of folder 32."""
    if path.is_dir():
        for file in _of_size([str(p.relative_to(path)) for p in path.rglob("*.png")]):
            yield file, (path / file).read_bytes()
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for file in _of_size(archive.namelist()):
                yield file, archive.read(file)
    else:
        with tarfile.open(path) as archive:
            members = {member.name: member for member in archive if member.isfile()}
            for file in _of_size(members):
                yield file, archive.extractfile(members[file]).read()


def _of_size(files):
    pngs = [f for f in files if f.lower().endswith(".png") and "__MACOSX" not in f]
    return [f for f in pngs if str(SIDE) in PurePosixPath(f.replace("\\", "/")).parts] or pngs
