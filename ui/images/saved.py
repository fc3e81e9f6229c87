"""The denoiser to take home: its page as one file, with the networks and the current picture."""

from __future__ import annotations

from typing import Any

import numpy as np

from checkpoints import Card
from evaluate.patch import Result
from ui import standalone, tiles


def page(card: Card, data: dict[str, Any], single: dict[str, Result]) -> bytes:
    """The page; data: `denoising.content` for a picture, single: its `results`."""
    pictures = np.concatenate([single[name].pictures for name in ("noisy", "blind", "informed")])
    about = standalone.About(
        title="Denoise",
        lead="Drag the square of noise, or draw on the picture: the network restores what the square covers.",
        look="strokes that are restored from their surroundings, and for places where these leave several "
        "possibilities.",
        card=card,
        picture=tiles.sheet(pictures, len(pictures)),
        alt="The picture with noise, and denoised with the place unknown and known",
        pictures=True,
    )
    return standalone.page("denoiser", data, about)
