"""PixelShuffle: channels become pixels, shown on a tensor that can be edited; and why it is used."""

import numpy as np
import pandas as pd
import streamlit as st

from ui import downloads, slides, tiles, url
from ui.learn import pixel_shuffle

st.title("PixelShuffle")
st.markdown(
    "A layer that makes a picture larger without computing anything: r² channels become one channel with r times the "
    "height and width. Play it, step through it, click a cell and type another number.  \n"
    "**Look for** where the colours end up: each r × r block of the result holds one number of every channel, so "
    "channel k holds every r-th pixel of the picture, from its own starting pixel."
)
name = url.choice("shape", pixel_shuffle.NAMES, label="Tensor")
numbers = pixel_shuffle.cells(name)
pixel_shuffle.show("pixel shuffle", name, numbers)

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
    "Nothing is added, lost or mixed, and there are no weights. The weights are in the layer before it: a convolution "
    "on the **small** picture with r² times as many channels. Shi et al. (2016) introduced the pair, the sub-pixel "
    "convolution, for super-resolution: all products are computed at low resolution, which is faster than enlarging "
    "first, and the enlarging itself is learned."
)

st.subheader("Why not a transposed convolution?")
st.markdown(
    "A transposed convolution stamps its kernel at every cell and adds where the stamps overlap. Brightness is the "
    "number of stamps that reach a pixel.  \n"
    "**Look for** the chessboard while the kernel's width cannot be divided by the stride: some pixels get more stamps "
    "than their neighbours, and a network has to unlearn that pattern (Odena et al. 2016)."
)
left, right = st.columns(2, gap="large")
with left:
    with st.container(horizontal=True):
        kernel = url.whole_number("kernel", 1, 9, 3, label="Kernel")
        stride = url.whole_number("stride", 1, 4, 2, label="Stride")
    counts = pixel_shuffle.overlaps(kernel, stride, 8)
    picture = (255 * counts / counts.max()).astype(np.uint8)
    tiles.show(picture, f"Stamps on every pixel, kernel {kernel}, stride {stride}", width=320)
    inside = np.unique(counts[kernel:-kernel, kernel:-kernel]) if len(counts) > 2 * kernel else np.unique(counts)
    levels = ", ".join(map(str, inside))
    st.caption(f"Stamps on a pixel away from the border: {levels}. {'Even.' if len(inside) == 1 else 'Uneven.'}")
    what = f"kernel {kernel}, stride {stride}; stamps on a pixel: {levels}"
    sheet = slides.Slide("Stamps of a transposed convolution", [slides.Grid(picture)], what)
    downloads.slide(sheet, f"stamps_{kernel}_{stride}", "Picture as PNG")
with right:
    st.markdown(
        "Every pixel behind a PixelShuffle is one output of the same convolution, so all of them have seen equally "
        "many cells, whatever the kernel. A kernel of 4 with stride 2, as in the emoji GAN, is even as well: a "
        "transposed convolution of kernel r·k and stride r is a convolution of kernel k and a PixelShuffle in one.\n\n"
        "Even is not yet smooth. The r² channels start from different random weights, so an untrained network can "
        "still show a chessboard; starting them from the same weights cures that (ICNR, Aitken et al. 2017)."
    )
