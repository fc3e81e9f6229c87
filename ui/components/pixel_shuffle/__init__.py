"""PixelShuffle as a moving picture: every number of a small tensor flies to its place in the result."""

from pathlib import Path

import streamlit as st

from ui.components import curves, mounted

_here = Path(__file__).parent
_component = st.components.v2.component(
    "latent_lab_pixel_shuffle",
    html=(_here / "markup.html").read_text(),
    css=curves.CSS + (_here / "style.css").read_text(),
    js=curves.JS + (_here / "index.js").read_text(),
)


def pixel_shuffle(key, data, cells, *, on_typed):
    """Mount it. on_typed(cells) gets the whole list when the hand has changed a number; it is not checked.

    data: identity, outputs, factor, height, width (of ui.learn.pixel_shuffle.Shape), places (channel, row and column
    in the result of every cell), colours of the channels, least and most of a cell, and file, the name of the PNG.
    cells: the tensor's numbers in its order, at first; afterwards the component knows them from the hand.
    """

    def typed():
        cells = st.session_state[key].typed
        if isinstance(cells, list):
            on_typed(cells)

    _component(key=key, data={**data, "cells": mounted.value(key, data["identity"], cells)}, on_typed_change=typed)
