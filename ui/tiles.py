"""Pictures as arrays: tiled, encoded and shown without smoothing."""

from __future__ import annotations

import base64
import html
import io

import numpy as np
import streamlit as st
from PIL import Image

WIDEST = 4096  # pixels of a sheet: phone browsers do not support wider pictures


def tile(images: np.ndarray, columns: int, gap: int = 0, background: int = 128) -> np.ndarray:
    """Pictures (N, C, H, W) uint8 row by row in one (rows·H, columns·W[, 3]) array, `gap` pixels between them."""
    n, channels, height, width = images.shape
    rows = -(-n // columns)
    sheet = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap, channels), background, np.uint8)
    for i, picture in enumerate(images):
        top, left = (i // columns) * (height + gap), (i % columns) * (width + gap)
        sheet[top : top + height, left : left + width] = picture.transpose(1, 2, 0)
    return sheet[:, :, 0] if channels == 1 else sheet


def to_image(array: np.ndarray) -> Image.Image:
    """(C, H, W) or (H, W[, 3]) uint8 as a Pillow image."""
    array = np.asarray(array)
    if array.ndim == 3 and array.shape[0] in (1, 3) and array.shape[2] not in (1, 3):
        array = array.transpose(1, 2, 0)
    return Image.fromarray(array[:, :, 0] if array.ndim == 3 and array.shape[2] == 1 else array)


def png(array: np.ndarray, scale: int = 1) -> bytes:
    """PNG bytes of an array; scale repeats every pixel, for pictures that other programs would blur."""
    image = to_image(array)
    if scale > 1:
        image = image.resize((image.width * scale, image.height * scale), Image.Resampling.NEAREST)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)  # fast rather than small: most are replaced after one drag
    return buffer.getvalue()


def data_url(raw: bytes, mime: str = "image/png") -> str:
    return f"data:{mime};base64,{base64.b64encode(raw).decode()}"


def sheet(images: np.ndarray, columns: int) -> str:
    """Pictures (N, C, H, W) uint8 without gaps as one PNG of `columns` columns, as a data URL."""
    return data_url(png(tile(images, columns)))


def long_sheet(images: np.ndarray) -> tuple[str, int]:
    """(sheet, its number of columns) for any number of pictures, no wider than every browser supports."""
    columns = max(1, min(len(images), WIDEST // images.shape[3]))
    return sheet(images, columns), columns


def show(array: np.ndarray, alt: str, *, width: int | str = "stretch", caption: str | None = None) -> None:
    """Show the array as one sharp picture. width: "stretch" or CSS pixels. alt: the text for screen readers."""
    style = "image-rendering:pixelated;height:auto;border-radius:4px;display:block;max-width:100%;"
    style += "width:100%" if width == "stretch" else f"width:{int(width)}px"
    source = data_url(png(array))
    st.html(f'<img src="{source}" alt="{html.escape(alt)}" style="{style}">')
    if caption:
        st.caption(caption)
