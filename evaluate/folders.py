"""Pictures from a folder, for metrics: all of the same size, and none left out silently."""

from pathlib import Path

import numpy as np
from PIL import Image

ENDINGS = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"}


class FolderError(Exception):
    """A folder that cannot be scored; the text is one sentence for the person."""


def read(
    folder: str | Path, shape: tuple[int, int, int] | None = None, *, skip_broken: bool = False
) -> tuple[np.ndarray, list[str]]:
    """(images (N, C, H, W) uint8 of all pictures in a folder, names of those left out), in the order of their names.

    shape (C, H, W): the feature network's; pictures are never resized here, since that changes every metric. Without a
    shape: RGB, of the size of the first picture. Files that are not pictures are ignored. Raises FolderError if there
    is no folder or no picture, for a picture of another size, and, unless skip_broken, for unreadable files, with
    their names.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FolderError(f"There is no folder {folder}.")
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in ENDINGS)
    if not files:
        raise FolderError(f"The folder {folder} holds no pictures ({', '.join(sorted(ENDINGS))}).")
    mode = "L" if shape and shape[0] == 1 else "RGB"
    images, broken = [], []
    size, who = (tuple(shape[1:]), "the feature network takes") if shape else (None, "the others have")
    for file in files:
        image = _image(file, mode)
        if image is None:
            broken.append(file.name)
            continue
        size = size or image.shape[:2]
        if image.shape[:2] != size:
            (height, width), (rows, columns) = image.shape[:2], size
            raise FolderError(
                f"{file} has {width}×{height} pixels, and {who} {columns}×{rows}: all pictures must have that size."
            )
        images.append(image)
    if broken and not skip_broken:
        raise FolderError(
            f"Damaged or no pictures in {folder}: {named(broken)}; remove such files, or leave them out "
            "(--skip-broken)."
        )
    if not images:
        raise FolderError(f"No picture in the folder {folder} can be read.")
    stacked = np.stack(images)
    return stacked[:, None] if mode == "L" else stacked.transpose(0, 3, 1, 2), broken


def named(files: list[str], most: int = 5) -> str:
    """The first names in a list of files, in words."""
    return ", ".join(files[:most]) + (f" and {len(files) - most:,} others" if len(files) > most else "")


def _image(file, mode):
    try:
        with Image.open(file) as image:
            return np.asarray(image.convert(mode))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
