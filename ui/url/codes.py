"""Opens the page Latent space with a code, which its link holds exactly (checkpoints/codes.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from checkpoints.codes import pack

if TYPE_CHECKING:
    from checkpoints import Card


def carry(card: Card, code: np.ndarray) -> None:
    """Open the page Latent space with this model and code, using the query parameters of a link."""
    st.switch_page("explore/latent_space.py", query_params={"model": card.name, "z": pack(code)})
