"""The figure of all traversals: a row for each dimension, with the pictures as that dimension alone changes."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import streamlit as st

from ui import slides, tiles

VALUES = np.linspace(-3, 3, 9).astype(np.float32)
GAP = 2  # pixels between the pictures of a row
STYLE = f"""<style>
.traversals {{ display: grid; gap: 0 10px; align-items: center; font-size: max(0.875rem, var(--least, 0px)) }}
.traversals .across {{ display: flex; font-variant-numeric: tabular-nums; container-type: inline-size }}
.traversals .across span {{ flex: 1; width: 0; display: flex; justify-content: center }}
@container (max-width: 340px) {{ .traversals .many span:nth-child(even) {{ visibility: hidden }} }} /* have no room */
.traversals .down {{ text-align: right }}
.traversals img {{ display: block; width: 100%; height: auto; image-rendering: pixelated;
  border-top: {GAP}px solid #808080 }} /* as between the pictures of a row */
</style>"""


def grid(images: np.ndarray, names: Sequence[str], values: np.ndarray = VALUES) -> slides.Grid:
    """Pictures (names · values, C, H, W) for a slide, a row for each name."""
    return slides.Grid(images, len(values), across=[f"{value:g}".replace("-", "−") for value in values], down=names)


def show(grid: slides.Grid, alt: str, *, scale: int | None = None, caption: str | None = None) -> None:
    """Show such a grid: names and values are text in the page's theme, and every row is one sharp picture.

    alt: text for screen readers before the rows. scale: CSS pixels per pixel; None fills the column.
    """
    st.html(markup(grid, alt, scale))
    if caption:
        st.caption(caption)


def markup(grid: slides.Grid, alt: str, scale: int | None = None) -> str:
    """The HTML of `show`."""
    rows = grid.pictures.reshape(-1, grid.columns, *grid.pictures.shape[1:])
    strips = [tiles.tile(row, grid.columns, gap=GAP) for row in rows]
    width = strips[0].shape[1]
    across = "".join(f"<span>{html.escape(value)}</span>" for value in grid.across)
    kind = "across many" if grid.columns > 5 else "across"
    cells = [f'<span></span><span class="{kind}" aria-hidden="true">{across}</span>']
    for name, strip in zip(grid.down, strips, strict=True):
        source = tiles.data_url(tiles.png(strip))
        about = html.escape(f"{name}, from {grid.across[0]} to {grid.across[-1]}")
        cells.append(f'<span class="down">{html.escape(name)}</span><img src="{source}" alt="{about}">')
    column = "minmax(0, 1fr)" if scale is None else f"minmax(0, {width * scale}px)"
    box = f'class="traversals" role="group" aria-label="{html.escape(alt)}"'
    return f'<div {box} style="grid-template-columns: fit-content(40%) {column}">{"".join(cells)}</div>{STYLE}'
