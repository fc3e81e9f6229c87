"""The effect of guidance: distance, class and variety of a flow's samples against guidance. Needs no torch."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from checkpoints import Card
from ui import charts
from ui.explore import recorded_flows
from ui.explore.recorded_flows import Recording

RECORDED = "guidance"
ACROSS = "guidance"


def of(card: Card) -> Recording | None:
    """What train/recordings/guidance.py recorded for exactly these weights; None if nothing."""
    return recorded_flows.of(card, RECORDED, "The figures by guidance")


def table(recording: Recording) -> pd.DataFrame:
    """A row for each guidance: frechet, variety and asked (share of the class asked for), each with its spread."""
    return pd.DataFrame(recording.row["rows"])


def distances(card: Card, recording: Recording) -> go.Figure:
    """Fréchet distance against guidance, with that of real pictures."""
    rows = table(recording)
    values = {"samples": list(rows["frechet"])}
    floor = recorded_flows.floor(card, recording)
    if floor is not None:
        values["real pictures"] = [floor.value] * len(rows)
    colours = (charts.GENERATED, charts.REAL)
    return _points(rows, values, "Fréchet distance", colours, log=True)


def shares(recording: Recording) -> go.Figure:
    """Share of samples with the class asked for, and variety of the samples of a class, against guidance."""
    rows = table(recording)
    values = {"class asked for": list(rows["asked"]), "variety (real: 1)": list(rows["variety"])}
    figure = _points(rows, values, "share of samples; variety", (charts.PALETTE[2], charts.PALETTE[4]))
    return figure.update_yaxes(rangemode="tozero")


def _points(rows, values, y_title, colours, log=False):
    across = list(rows["guidance"])
    figure = charts.lines(values, x=across, x_title=ACROSS, y_title=y_title, colours=colours, log=log)
    return figure.update_traces(mode="lines+markers").update_xaxes(tickvals=across)
