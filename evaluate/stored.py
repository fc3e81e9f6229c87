"""Networks of the checkpoints as a person's request runs them."""

from __future__ import annotations

import functools
from typing import Any

import checkpoints
from checkpoints import Card


def load(name: str) -> Any:
    """A stored network in eval mode; CheckpointError as checkpoints.load."""
    import torch

    with torch.inference_mode(False):  # whoever asks for it first may be in this mode, and others want gradients
        # Channels next to each other in memory: a convolutional decoder runs in half the time on a CPU.
        return checkpoints.load(name).to(memory_format=torch.channels_last)


def network(card: Card) -> Any:
    """The network of a card, loaded once by this process. Raises CheckpointError."""
    return _network(card.name, card.sha256)


@functools.lru_cache(maxsize=16)
def _network(name, sha256):
    return load(name)
