"""The graph of the picture codes stored with a model (metrics/code_graph.py), built once and shared by all visits."""

from __future__ import annotations

import numpy as np
import streamlit as st

from checkpoints import Card
from metrics.code_graph import FEWEST, CodeGraph
from ui import computed, networks


@computed.by_models
@st.cache_resource(max_entries=12, show_spinner=False)
def _graph(name, sha256, _card):
    codes = networks.preview(_card)["codes"]
    live = np.isin(np.arange(codes.shape[1]), _card.dead, invert=True)
    if len(codes) < FEWEST or np.ptp(codes[:, live], axis=0).max(initial=0) == 0:
        return None
    return CodeGraph(codes, live)


def of(card: Card) -> CodeGraph | None:
    """The graph, in the dimensions that the encoder uses.

    None for a model without an encoder, whose stored codes have no real pictures, and if there are too few codes or all
    are equal.
    """
    return _graph(card.name, card.sha256, card) if card.encodes else None
