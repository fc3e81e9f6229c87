"""A patch of noise on a picture that follows the hand."""

from pathlib import Path

import numpy as np

from ui.components import component

_component = component(Path(__file__).parent, numbered=True)


def patch(key, label, image, scale, offset, row, column, *, on_moved):
    """Draw it. The noisy pixels are clamp(scale · x + offset, 0, 1), computed in the browser while the hand moves.

    image (1, H, W) uint8; scale and offset (side, side); row and column of the patch's upper left pixel.
    on_moved(row, column): called with a checked place when the hand lets go, before the page runs again.
    """
    _, height, width = image.shape
    side = len(scale)

    def moved(report):
        report = report if isinstance(report, dict) else {}
        place = report.get("row"), report.get("column")
        sizes = zip(place, (height, width), strict=True)
        if all(type(at) is int and 0 <= at <= size - side for at, size in sizes):  # the browser is not trusted
            on_moved(*place)

    _component(
        key,
        {
            "label": label,
            "pixels": image.ravel().tolist(),
            "width": width,
            "height": height,
            "side": side,
            "scale": np.ravel(scale).tolist(),
            "offset": np.ravel(offset).tolist(),
            "row": row,
            "column": column,
        },
        on_moved=moved,
    )
