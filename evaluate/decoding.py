"""Pictures of codes, in grey levels."""

from __future__ import annotations

from typing import Any

import numpy as np

CHUNK = 1000  # codes decoded at once, which bounds the memory of one request


def decoded(network: Any, codes: np.ndarray, title: str = "The network", *, sketch: bool = False) -> np.ndarray:
    """Pictures (N, C, H, W) uint8 of codes (N, latent). Raises FloatingPointError, with the title, for NaNs.

    sketch: use the network's `sketch` instead of its `picture`.
    """
    import torch

    from evaluate.samples import to_bytes

    def bytes_of(picture):
        if not torch.isfinite(picture).all():
            raise FloatingPointError(f"{title} gives pixels that are not numbers (NaN): its training has diverged.")
        return to_bytes(picture).numpy()

    with torch.inference_mode():
        chunks = torch.from_numpy(np.array(codes, np.float32)).split(CHUNK)  # copied, since some codes are read-only
        draw = network.sketch if sketch else network.picture
        return np.concatenate([bytes_of(draw(z)) for z in chunks])
