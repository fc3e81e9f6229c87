"""A latent code as one query parameter of a link, exact to the last bit."""

from __future__ import annotations

import base64
import binascii

import numpy as np


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
        raise LinkError("The code in this link is damaged.") from None
    if len(code) != latent:
        raise LinkError(f"The code in this link has {len(code)} numbers, but this model has {latent} dimensions.")
    if not np.isfinite(code).all():
        raise LinkError("The code in this link holds a number that is not finite.")
    return code
