"""A patch of noise on a picture that follows the hand (patch.html, .css, .js)."""

from pathlib import Path

import numpy as np
import streamlit as st

from ui.components import component

_component = component(Path(__file__).parent)


def patch(key, label, image, scale, offset, row, column, *, on_moved):
    """Draw it. The noisy pixels are clamp(scale · x + offset, 0, 1), computed in the browser while the hand moves.

    image (1, H, W) uint8; scale and offset (side, side); row and column of the patch's upper left pixel.
    on_moved(row, column): called with a checked place when the hand lets go, before the page runs again.
    """
    _, height, width = image.shape
    side = len(scale)

    def moved(told):
        told = told if isinstance(told, dict) else {}
        place = told.get("row"), told.get("column")
        inside = all(
            type(at) is int and 0 <= at <= size - side for at, size in zip(place, (height, width), strict=True)
        )
        if inside and isinstance(told.get("ticket"), str) and len(told["ticket"]) < 60:  # the browser is not trusted
            st.session_state[f"{key} ticket"] = told["ticket"]
            on_moved(*place)

    _component(
        key=key,
        data={
            "label": label,
            "pixels": image.ravel().tolist(),
            "width": width,
            "height": height,
            "side": side,
            "scale": np.ravel(scale).tolist(),
            "offset": np.ravel(offset).tolist(),
            "row": row,
            "column": column,
            "ticket": st.session_state.get(f"{key} ticket"),
        },
        on_moved=moved,
    )
