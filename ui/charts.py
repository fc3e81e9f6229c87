"""Plotly figures in one style: a title, the theme's fonts and colours, and no tool bar in the way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from ui.presenting import mode
from ui.presenting.style import ENLARGED

Numbers = Collection[Any]  # floats, also None or NaN where there is no value

# Five colours of Okabe & Ito, with a slightly darker pink, and four more chosen to differ from them: any two differ
# by at least 10.8 (CIEDE2000), with normal vision and with each of three colour blindnesses (Machado et al. 2009,
# severity 1). On the panels of both themes each has a contrast of 3 (WCAG 2.2, 1.4.11), except yellow, light blue and
# light grey, which reach it only in the dark theme: these are for dots and areas. A line in one of them gets an edge
# (components/lib/curves.js).
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#d55e00", "#c2729e", "#56b4e9", "#a8504e", "#7878ff", "#b4b4a0", "#647878")
# Their names in sentences.
HUES = ("blue", "yellow", "green", "orange", "pink", "light blue", "brick red", "violet", "light grey", "slate")
PALE = tuple(PALETTE[k] for k in (1, 5, 8))
LINES = tuple(colour for colour in PALETTE if colour not in PALE)
COLOUR_NAMES = dict(zip(PALETTE, HUES, strict=True))
REAL, GENERATED = PALETTE[0], PALETTE[3]  # for real and generated throughout the app, as in components/lib/theme.js
HEAT = ("#f7fbff", "#6baed6")  # cells of the least and the highest value; a number is read on all between them
ON_HEAT = "#141414"
HEADING = 40  # CSS pixels for a title and a subtitle
ABOVE = {"x": 0, "xanchor": "left", "y": 1, "yanchor": "auto", "yref": "container", "automargin": True}
ABOVE |= {"font": {"size": 14}, "pad": {"l": 8, "t": 6}}
SMALL = 12  # CSS pixels, font size of a subtitle
# On a phone the bar is always visible (see ui/layout.py), so it is kept short: zoom, reset, camera.
SPARE = ["pan2d", "zoomIn2d", "zoomOut2d", "select2d", "lasso2d", "autoScale2d"]
LIFT = 5  # Plotly puts a subtitle 1.6 font sizes below the title, which at 12 pixels is too close to the curves
IN_FULL = [float(f"{digit}e{power}") for power in range(-6, 7) for digit in (1, 2, 5)]  # ticks of a logarithmic axis
STEEP = 30  # if the largest of positive values is more than this many times the smallest, the axis is logarithmic


def class_colours(count: int) -> list[str]:
    """Colours for `count` classes; they repeat if there are more classes than colours in the palette."""
    return [PALETTE[k % len(PALETTE)] for k in range(count)]


def lines(
    columns: Mapping[str, Numbers],
    *,
    x: Numbers | None = None,
    x_title: str = "",
    y_title: str = "",
    log: bool = False,
    height: int = 300,
    colours: Sequence[str] = LINES,
) -> go.Figure:
    """A line for each column {name: values} over x (default 1, 2, …); log: logarithmic y axis. height: CSS pixels.

    If there are more lines than colours, the colours repeat with dashed lines.
    """
    figure = go.Figure()
    for k, (name, values) in enumerate(columns.items()):
        steps = list(x) if x is not None else list(range(1, len(values) + 1))
        line = {"color": colours[k % len(colours)], "width": 2, "dash": "solid" if k < len(colours) else "dash"}
        figure.add_scatter(x=steps, y=list(values), name=name, mode="lines", line=line)
    return _styled(figure, x_title, y_title, height, log)


def band(
    values: Numbers,
    spread: Numbers,
    *,
    x: Numbers,
    x_title: str = "",
    y_title: str = "",
    height: int = 300,
) -> go.Figure:
    """A line with a band of ± spread around it, over a logarithmic x. Where a spread is NaN there is no band, since one
    of no height would claim that the value is exact."""
    known = [(at, v, s) for at, v, s in zip(x, values, spread, strict=True) if s == s]
    within = [at for at, _, _ in known]
    low, high = ([v + sign * s for _, v, s in known] for sign in (-1, 1))
    outline = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    figure = go.Figure()
    figure.add_scatter(x=within, y=high, **outline)
    figure.add_scatter(x=within, y=low, fill="tonexty", fillcolor="rgba(86, 180, 233, 0.3)", **outline)
    figure.add_scatter(x=x, y=values, mode="lines+markers", line={"color": PALETTE[0], "width": 2}, showlegend=False)
    figure.update_xaxes(type="log", dtick=1)
    return _styled(figure, x_title, y_title, height, False)


def trail(x: Numbers, values: Numbers, *, x_title: str = "", y_title: str = "", height: int = 220) -> go.Figure:
    """Points joined by a line over a logarithmic x, for a statistic of generated pictures that converges as x grows."""
    figure = go.Figure(go.Scatter(x=x, y=values, mode="lines+markers", line={"color": GENERATED, "width": 2}))
    whole = [int(at) for at in IN_FULL if at >= 1]  # of powers of ten alone there may be none between first and last
    figure.update_xaxes(type="log", tickvals=whole, ticktext=[f"{at:,}" for at in whole])
    return _styled(figure, x_title, y_title, height, False)


def bars(
    values: Numbers,
    *,
    x: Iterable | None = None,
    x_title: str = "",
    y_title: str = "",
    height: int = 260,
    colours: str | Sequence[str] = PALETTE[0],
) -> go.Figure:
    """One bar for each value, at x (default 0, 1, …)."""
    figure = go.Figure(go.Bar(x=list(x if x is not None else range(len(values))), y=list(values), marker_color=colours))
    return _styled(figure, x_title, y_title, height, False)


def groups(
    columns: Mapping[str, Numbers],
    *,
    x: Iterable,
    x_title: str = "",
    y_title: str = "",
    height: int = 260,
    colours: Sequence[str] = LINES,
) -> go.Figure:
    """Bars side by side for each of x: columns {name: values}."""
    figure = go.Figure()
    for (name, values), colour in zip(columns.items(), colours, strict=False):
        figure.add_bar(x=list(x), y=list(values), name=name, marker_color=colour)
    return _styled(figure, x_title, y_title, height, False)


def beside_histogram(
    groups: Mapping[str, tuple[Numbers, Numbers]],
    *,
    x_title: str,
    y_title: str,
    colours: Sequence[str],
    height: int = 380,
) -> go.Figure:
    """Dots {name: (x, y)} of several groups, and on the right a histogram of y."""
    figure = make_subplots(cols=2, shared_yaxes=True, column_widths=[0.76, 0.24], horizontal_spacing=0.02)
    for (name, (x, y)), colour in zip(groups.items(), colours, strict=True):
        dots = {"color": colour, "size": 4, "opacity": 0.9}  # a paler blue has no contrast of 3 in the dark theme
        figure.add_scatter(x=x, y=y, name=name, mode="markers", marker=dots, legendgroup=name, row=1, col=1)
        bars = {"marker_color": colour, "opacity": 0.7, "nbinsy": 40, "showlegend": False, "legendgroup": name}
        figure.add_histogram(y=y, name=name, **bars, row=1, col=2)
    _styled(figure, "", y_title, height, False)
    # The dots are too small and pale to serve as legend symbols.
    figure.update_layout(barmode="overlay", hovermode="closest", legend_itemsizing="constant")
    figure.update_xaxes(title=x_title, row=1, col=1)
    figure.update_xaxes(title="pictures", row=1, col=2)
    return figure.update_yaxes(title="", row=1, col=2)


def marked(figure: go.Figure, x: Numbers, y: Numbers, labels: Sequence[str], *, name: str) -> go.Figure:
    """Add large orange dots with labels to the left panel of `beside_histogram`, and lines at their y to the right."""
    marker = {"color": GENERATED, "size": 20, "line": {"color": "black", "width": 1}}
    text = {"text": list(labels), "textfont": {"color": "black", "size": 12}}
    figure.add_scatter(x=x, y=y, name=name, mode="markers+text", marker=marker, **text, row=1, col=1)
    line = {"color": GENERATED, "width": 2}
    for value in y:
        figure.add_shape(type="line", x0=0, x1=1, xref="x2 domain", y0=value, y1=value, yref="y2", line=line)
    return figure


def heat(
    values: Sequence[Sequence[float | None]],
    *,
    texts: Sequence[Sequence[str]],
    x: Sequence[str],
    y: Sequence[str],
    x_title: str = "",
    y_title: str = "",
    limits: tuple[float, float],
    marked: tuple[int, int] | None = None,
    height: int = 240,
) -> go.Figure:
    """A heat map with a text in every cell, the first row at the bottom; cells with None stay empty.

    limits: of the colour scale, so that several maps can be compared. marked: (column, row) of a cell with a frame.
    """
    trace = go.Heatmap(z=values, x=list(x), y=list(y), zmin=limits[0], zmax=limits[1], xgap=2, ygap=2)
    trace.update(colorscale=list(enumerate(HEAT)), showscale=False)
    trace.update(
        text=texts, texttemplate="%{text}", textfont={"color": ON_HEAT}, hovertemplate="%{text}<extra></extra>"
    )
    figure = _styled(go.Figure(trace), x_title, y_title, height, False)
    figure.update_layout(hovermode="closest").update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(type="category", showgrid=False)
    if marked is not None:
        column, row = marked
        box = {"x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5}
        figure.add_shape(type="rect", **box, line={"color": PALETTE[3], "width": 3})
    return figure


def steep(values: Numbers) -> bool:
    """Whether positive values span so wide a range that the small ones are visible only on a logarithmic axis.

    None and NaN are skipped.
    """
    values = np.asarray(values, float)
    values = values[np.isfinite(values)]
    return len(values) > 0 and bool(0 < STEEP * values.min() < values.max())


def _styled(figure, x_title, y_title, height, log):
    figure.update_layout(
        height=height,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},  # grows upwards, not over the curves
        hovermode="x unified",
        dragmode=False,  # a finger on a chart scrolls the page; the bar's first button makes a drag zoom
        modebar={"orientation": "h"},  # beside the title: below it are the legend and the curves
    )
    figure.update_xaxes(title=x_title)
    figure.update_yaxes(title=y_title, type="log" if log else "linear")
    if log:
        figure.update_yaxes(exponentformat="none")  # 0.0001, where plotly's own 100µ has to be deciphered
    # Plotly's own "2" and "5" between powers of ten are small, and read as numbers: powers only, or numbers in full.
    if log and steep([value for trace in figure.data for value in trace.y]):
        figure.update_yaxes(dtick=1)
    elif log:
        figure.update_yaxes(tickvals=IN_FULL, ticktext=[np.format_float_positional(at, trim="-") for at in IN_FULL])
    return figure


def show(figure: go.Figure, title: str, subtitle: str, key: str | None = None) -> None:
    """Draw it as wide as its column, with a camera button that saves a PNG of 1,920 pixels, whatever the column's.

    title: what is drawn; subtitle: of which model or data. Both stand above the figure, since the camera saves exactly
    what the page draws. They do not wrap: a phone has room for about 45 characters. Plotly's markup in them (a model
    card is somebody's file) is escaped.
    """
    enlarged = mode.active()
    above, lift = (ABOVE | {"font": {"size": ENLARGED}}, LIFT * ENLARGED / SMALL) if enlarged else (ABOVE, LIFT)
    small = f"<span style='font-size: {SMALL}px'>{escape(subtitle, quote=False)}</span>"
    below = {"text": small, "font": {"size": lift}}
    content = figure.to_dict()  # a copy; Plotly takes 10 ms to change a figure, which it checks each time
    height = content["layout"]["height"] = content["layout"]["height"] + HEADING
    content["layout"]["title"] = {"text": escape(title, quote=False), **above, "subtitle": below}
    figure = go.Figure(content)
    if enlarged:
        _enlarged(figure)
    saved = {"format": "png", "width": 960, "height": max(height, 420), "scale": 2}
    saved["filename"] = re.sub("[^a-z0-9]+", "_", f"{title} {subtitle}".lower()).strip("_")
    buttons = {"displaylogo": False, "modeBarButtonsToRemove": SPARE}
    buttons["toImageButtonOptions"] = saved
    st.plotly_chart(figure, width="stretch", key=key, config=buttons)


def _enlarged(figure):
    """Room for the type of ui.presenting.style, which sets its size, and lines and dots to be seen from afar."""
    size = {"size": ENLARGED}
    figure.update_layout(font=size, legend_font=size, hoverlabel_font=size)
    for axes in (figure.update_xaxes, figure.update_yaxes):
        axes(tickfont=size, title_font=size)
    figure.for_each_trace(_thickened)


def _thickened(trace):
    if "textfont" in trace and trace.textfont.size:
        trace.textfont.size = ENLARGED
    if "line" in trace and trace.line.width:
        trace.line.width *= 2
    if "marker" in trace and "size" in trace.marker and isinstance(trace.marker.size, int | float):
        trace.marker.size *= 1.7
