"""A latent code as one query parameter of a link, exact to the last bit."""

from __future__ import annotations

import base64

import numpy as np


class LinkError(Exception):
    """A link with invalid content; the text is one sentence for the person."""


def link_text(raw: bytes) -> str:
    """Bytes as text for a link: URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def link_bytes(text: str) -> bytes:
    """The bytes of such text. Raises ValueError if it is not valid."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def pack(code: np.ndarray) -> str:
    """A code (latent,) as URL-safe text, see `link_text`: little-endian float32."""
    return link_text(np.asarray(code, "<f4").tobytes())


def unpack(text: str, latent: int) -> np.ndarray:
    """The code (latent,) float32 of a link; raises LinkError if it is damaged, of another length, or not finite."""
    try:
        code = np.frombuffer(link_bytes(text), "<f4").astype(np.float32)
    except ValueError:
        raise LinkError("The code in this link is damaged.") from None
    if len(code) != latent:
        raise LinkError(f"The code in this link has {len(code)} numbers, but this model has {latent} dimensions.")
    if not np.isfinite(code).all():
        raise LinkError("The code in this link holds a number that is not finite.")
    return code
