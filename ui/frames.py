"""Curves that change over a training, under one slider with play; nothing is reported back."""

from pathlib import Path

import streamlit as st

from ui import curves

_here = Path(__file__).parent
_component = st.components.v2.component(
    "latent_lab_frames",
    html=(_here / "frames.html").read_text(),
    css=curves.CSS + (_here / "frames.css").read_text(),
    js=curves.JS + (_here / "frames.js").read_text(),
)


def frames(key, *, identity, captions, label, axis, panels, file):
    """Mount it.

    identity: changes when another training is shown; captions: a text per frame; label: what the slider moves;
    axis: (first, last) of all panels; panels: dicts {"title", "range": (low, high), "log": bool, "series":
    [curves.series(…), perhaps with `frames`]}; file: name of the PNG.
    """
    data = {"identity": identity, "captions": list(captions), "label": label, "axis": list(axis)}
    _component(key=key, data={**data, "panels": panels, "file": file})
