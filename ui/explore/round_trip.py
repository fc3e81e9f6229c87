"""A flow maps a picture backwards to noise, and forwards to a picture again."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from checkpoints import Card
from ui import browser_networks, networks
from ui.explore.flow import Way, classes

KEY = "round trip"  # key of the drawing


@st.cache_data(max_entries=64, show_spinner=False)
def _back(name, sha256, raw, shape, _card):
    image = np.frombuffer(raw, np.uint8).reshape(1, *shape)
    code = networks.code(_card, image)
    return code[0], networks.decode(_card, code)[0]


def back(card: Card, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(code (latent,) float32, the picture (C, H, W) uint8 decoded from it) for a picture (C, H, W) uint8."""
    return _back(card.name, card.sha256, image.tobytes(), image.shape, card)


def described(card: Card, result: tuple[np.ndarray, np.ndarray] | None) -> dict[str, Any]:
    """Data for ui.components.round_trip about a flow; result: of `back`, None until torch is imported."""
    return {
        "network": browser_networks.given(card, "velocity"),
        "steps": Way().steps,
        "solver": Way().solver,
        "classes": len(classes(card)),
        "usual": card.metrics.get("code_length"),
        "official": result,
    }
