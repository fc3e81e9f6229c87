"""Plotly figures with one look: transparent, the theme's fonts and colours, no tool bar in the way."""

import plotly.graph_objects as go
import streamlit as st

# Okabe & Ito's colours, told apart by colour-blind people too; the last two are a brown and a grey.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#b8a800", "#7b5ea7", "#9a6a3a", "#999999")


def lines(columns, *, x=None, x_title="", y_title="", log=False, height=300):
    """A line per column {name: values} over x (default 1, 2, …)."""
    figure = go.Figure()
    for (name, values), colour in zip(columns.items(), PALETTE, strict=False):
        steps = list(x) if x is not None else list(range(1, len(values) + 1))
        figure.add_scatter(x=steps, y=list(values), name=name, mode="lines", line={"color": colour, "width": 2})
    return _styled(figure, x_title, y_title, height, log)


def bars(values, *, x=None, x_title="", y_title="", height=260, colours=PALETTE[0]):
    """One bar per value."""
    figure = go.Figure(go.Bar(x=list(x if x is not None else range(len(values))), y=list(values), marker_color=colours))
    return _styled(figure, x_title, y_title, height, False)


def intervals(centre, spread, *, x_title="", y_title="", height=280):
    """A point for each value of `centre` with a bar of ± `spread`."""
    error = {"type": "data", "array": list(spread), "color": PALETTE[1], "thickness": 2, "width": 3}
    marker = {"color": PALETTE[0], "size": 8}
    figure = go.Figure(go.Scatter(y=list(centre), mode="markers", error_y=error, marker=marker))
    return _styled(figure, x_title, y_title, height, False)


def _styled(figure, x_title, y_title, height, log):
    figure.update_layout(
        height=height,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "y": 1.12, "x": 0},
        hovermode="x unified",
        modebar={"orientation": "v"},  # beside the legend, not on it
    )
    figure.update_xaxes(title=x_title)
    figure.update_yaxes(title=y_title, type="log" if log else "linear")
    return figure


def show(figure, key=None):
    """Draw it as wide as its column, with a camera button that saves a PNG."""
    buttons = {"displaylogo": False, "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"]}
    st.plotly_chart(figure, width="stretch", key=key, config=buttons)
