"""PixelShuffle: channels become pixels, shown on a tensor that can be edited; and why it is used."""

import numpy as np
import pandas as pd
import streamlit as st

from ui import downloads, shell, slides, tiles, url
from ui.learn import pixel_shuffle

st.title("PixelShuffle")
shell.introduction(
    "A layer that makes a picture larger without any arithmetic: r² channels become one channel of r times the height "
    "and width. Press play, or click a cell and type another number."
)
name = url.choice("shape", pixel_shuffle.NAMES, label="Tensor", label_visibility="collapsed")
numbers = pixel_shuffle.cells(name)
pixel_shuffle.show("pixel shuffle", name, numbers)
st.markdown(
    "**Look for** where the colours end up: each r × r block of the result holds one number of every channel, so "
    "channel k fills every r-th pixel of the picture, from its own starting pixel."
)

shape = pixel_shuffle.SHAPES[name]
index = np.indices((shape.channels, shape.height, shape.width)).reshape(3, -1)
columns = ("channel", "row", "column")
table = pd.DataFrame(
    dict(zip((f"in_{c}" for c in columns), index, strict=True))
    | dict(zip((f"out_{c}" for c in columns), pixel_shuffle.places(shape).T, strict=True))
    | {"value": numbers}
)
downloads.csv(table, f"pixel_shuffle_{name}", "Cells as CSV")
st.markdown(
    "$$\\text{out}[c,\\; r\\,i + a,\\; r\\,j + b] = \\text{in}[c\\,r^2 + r\\,a + b,\\; i,\\; j], \\qquad "
    "0 \\le a, b < r$$\n\n"
    "The layer has no weights, and every number appears in the result exactly once. What is learned is the layer "
    "before it: a convolution on the **small** picture with r² times as many channels. Shi et al. (2016) introduced "
    "the pair for super-resolution, as the sub-pixel convolution: all products are computed at low resolution, which "
    "is faster than enlarging the picture first, and how to enlarge is learned."
)

st.subheader("Why not a transposed convolution?")
st.markdown(
    "A transposed convolution adds its kernel, times the value of a cell, at the place of every cell; where copies of "
    "the kernel overlap, they are added. Brightness is the number of copies that reach a pixel. **Look for** the "
    "chessboard when the kernel's width is not divisible by the stride: some pixels get more copies than their "
    "neighbours, and a network has to learn to compensate for that pattern (Odena et al. 2016)."
)
left, right = st.columns(2, gap="large")
with left:
    with st.container(horizontal=True):
        kernel = url.whole_number("kernel", 1, 9, 3, label="Kernel")
        stride = url.whole_number("stride", 1, 4, 2, label="Stride")
    counts = pixel_shuffle.overlaps(kernel, stride, 8)
    picture = (255 * counts / counts.max()).astype(np.uint8)
    tiles.show(picture, f"Copies of the kernel on every pixel, kernel {kernel}, stride {stride}", width=320)
    inside = np.unique(counts[kernel:-kernel, kernel:-kernel]) if len(counts) > 2 * kernel else np.unique(counts)
    levels = ", ".join(map(str, inside))
    st.caption(f"Copies on a pixel away from the border: {levels}. {'Even.' if len(inside) == 1 else 'Uneven.'}")
    what = f"kernel {kernel}, stride {stride}; copies on a pixel: {levels}"
    sheet = slides.Slide("Overlaps of a transposed convolution", [slides.Grid(picture)], what)
    downloads.slide(sheet, f"overlaps_{kernel}_{stride}", "Picture as PNG")
with right:
    st.markdown(
        "With a PixelShuffle every pixel is one output of the same convolution, so all pixels depend on equally many "
        "cells, whatever the kernel. A kernel of 4 with stride 2, as in the emoji GAN, is even as well: a transposed "
        "convolution with kernel r·k and stride r equals a convolution with kernel k, followed by a PixelShuffle.\n\n"
        "Even does not mean smooth. The r² channels start from different random weights, so an untrained network can "
        "still show a chessboard. Starting all of them from the same weights avoids this (ICNR, Aitken et al. 2017)."
    )
