"""A latent code as one query parameter, exact to the last bit."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

if TYPE_CHECKING:
    from checkpoints import Card


class LinkError(Exception):
    """A link that does not hold what it should; the text is one sentence for the person."""


def pack(code: np.ndarray) -> str:
    """A code (latent,) as URL-safe text: base64 of little-endian float32 without padding."""
    return base64.urlsafe_b64encode(np.asarray(code, "<f4").tobytes()).decode().rstrip("=")


def unpack(text: str, latent: int) -> np.ndarray:
    """The code (latent,) float32 of a link; LinkError when it is damaged, of another length, or not finite."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        code = np.frombuffer(raw, "<f4").astype(np.float32)
    except (binascii.Error, ValueError):
        raise LinkError("The code in this link is damaged, so the start picture is shown instead.") from None
    if len(code) != latent:
        raise LinkError(
            f"The code in this link has {len(code)} numbers, but this model has {latent} dimensions, "
            "so the start picture is shown instead."
        )
    if not np.isfinite(code).all():
        raise LinkError(
            "The code in this link holds a number that is not finite, so the start picture is shown instead."
        )
    return code


def carry(card: Card, code: np.ndarray) -> None:
    """Go to the page Latent space with this model and code, by the query parameters that a link has."""
    st.switch_page("explore/latent_space.py", query_params={"model": card.name, "z": pack(code)})
