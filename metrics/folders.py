"""Pictures from a folder, for metrics: all of one size, none silently left out."""

from pathlib import Path

import numpy as np
from PIL import Image

ENDINGS = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"}


class FolderError(Exception):
    """A folder that cannot be scored; the text is one sentence for the person."""


def read(folder, shape, *, skip_broken=False):
    """(images (N, C, H, W) uint8 of all pictures in a folder, names of those left out), in the order of their names.

    shape (C, H, W): what the feature network takes; pictures are never resized, since that changes every metric. Other
    files than pictures are left alone. Raises FolderError for no folder, no pictures, a picture of another size, and,
    unless skip_broken, for a file that cannot be read.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FolderError(f"There is no folder {folder}.")
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in ENDINGS)
    if not files:
        raise FolderError(f"The folder {folder} holds no pictures ({', '.join(sorted(ENDINGS))}).")
    images, skipped = [], []
    for file in files:
        image = _image(file, "L" if shape[0] == 1 else "RGB")
        if image is None:
            if not skip_broken:
                raise FolderError(f"{file} is damaged or no picture: remove it, or leave such files out.")
            skipped.append(file.name)
            continue
        if image.shape[:2] != tuple(shape[1:]):
            height, width = image.shape[:2]
            raise FolderError(
                f"{file} has {width}×{height} pixels, and the feature network takes {shape[2]}×{shape[1]}: all "
                "pictures must have that size."
            )
        images.append(image)
    if not images:
        raise FolderError(f"No picture in the folder {folder} can be read.")
    stacked = np.stack(images)
    return stacked[:, None] if shape[0] == 1 else stacked.transpose(0, 3, 1, 2), skipped


def _image(file, mode):
    try:
        with Image.open(file) as image:
            return np.asarray(image.convert(mode))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
