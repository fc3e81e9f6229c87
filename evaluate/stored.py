"""Networks of the checkpoints, in the form that requests use."""

from __future__ import annotations

import functools
from typing import Any

import checkpoints
from checkpoints import Card


def load(name: str) -> Any:
    """A stored network in eval mode; raises CheckpointError as checkpoints.load does."""
    import torch

    with torch.inference_mode(False):  # the first caller may be in inference mode, but others need gradients
        # With channels-last memory, a convolutional decoder takes half the time on a CPU.
        return checkpoints.load(name).to(memory_format=torch.channels_last)


def network(card: Card) -> Any:
    """The network of a card, loaded once by this process. Raises CheckpointError."""
    return _network(card.name, card.sha256)


@functools.lru_cache(maxsize=16)
def _network(name, sha256):
    return load(name)
