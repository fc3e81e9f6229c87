"""Where random codes come from: the prior, or a second-stage density that was fitted to a model's codes."""

from __future__ import annotations

import numpy as np

from checkpoints import Card
from ui import networks

NAMES = {"prior": "The prior N(0, I)", "mixture": "A mixture fitted to its codes"}
PARTS = ("mixture_weights", "mixture_means", "mixture_factors")


def of(card: Card) -> dict[str, str]:
    """{source: its name}: the prior, and the mixture where one was stored with the checkpoint."""
    return {name: words for name, words in NAMES.items() if name == "prior" or PARTS[0] in networks.preview(card)}


def draw(card: Card, source: str, rng: np.random.Generator, count: int) -> np.ndarray:
    """Random codes (count, latent) float32; source: a key of NAMES."""
    noise = rng.standard_normal((count, card.code_length)).astype(np.float32)
    if source == "prior":
        return noise
    from models.mixture import Mixture

    mixture = Mixture(*(networks.preview(card)[part].copy() for part in PARTS))
    return mixture.sample(noise, rng.random(count, np.float32)).numpy()
