"""Pictures of Laurence Moroney's sets in a network's size and colours, for training and for its page."""

import numpy as np
from PIL import Image

from data.images import DataError


def sized(images: np.ndarray, side: int, grey: bool) -> np.ndarray:
    """Pictures (N, 3, H, W) uint8 as (N, 1 or 3, side, side), by Pillow's bicubic filter, which is antialiased.

    Grey is Pillow's luminance (ITU-R BT.601). Raises DataError if the pictures are smaller, or are grey although colour
    is needed.
    """
    height, width = images.shape[2:]
    if min(height, width) < side:
        raise DataError(
            f"The pictures at hand are {width}×{height}, and this needs {side}×{side}: "
            "download the originals, which are 300×300, with `python -m data`."
        )
    alike = bool((images == images[:, :1]).all())
    if alike and not grey:
        raise DataError("The pictures at hand are grey, and this needs colour: download the originals.")
    if (height, width) == (side, side) and (alike or not grey):
        return np.ascontiguousarray(images[:, :1] if grey else images)

    def one(picture):
        image = Image.fromarray(picture.transpose(1, 2, 0)).convert("L" if grey else "RGB")
        return np.asarray(image.resize((side, side), Image.Resampling.BICUBIC))

    array = np.stack([one(picture) for picture in images])
    return array[:, None] if grey else np.ascontiguousarray(array.transpose(0, 3, 1, 2))
