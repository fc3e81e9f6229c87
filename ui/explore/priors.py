"""Sources of random codes: the prior, or a second-stage density fitted to a model's codes."""

from __future__ import annotations

import numpy as np

from checkpoints import Card
from evaluate import codes
from ui import networks

NAMES = {"prior": "The prior N(0, I)", "mixture": "A mixture fitted to its codes"}


def of(card: Card) -> dict[str, str]:
    """{source: its name}: the prior, and the mixture if one is stored with the checkpoint."""
    return {n: words for n, words in NAMES.items() if n == "prior" or codes.PARTS[0] in networks.preview(card)}


def draw(card: Card, source: str, rng: np.random.Generator, count: int) -> np.ndarray:
    """Random codes (count, latent) float32; source: a key of NAMES."""
    parts = None if source == "prior" else [networks.preview(card)[part] for part in codes.PARTS]
    return codes.draw(card.code_length, rng, count, parts)
