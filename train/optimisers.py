"""Optimisers for objectives with one player: optimiser(parameters, learning_rate).

Those for two players are in train/adversarial.py, since their momentum depends on the game.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn
from torch.optim import Optimizer

from evaluate.command import MissingError


def adam(parameters: Iterable[nn.Parameter], learning_rate: float) -> Optimizer:
    """Adam with the published settings (Kingma & Ba 2014)."""
    return torch.optim.Adam(parameters, learning_rate, fused=True)


def soap(parameters: Iterable[nn.Parameter], learning_rate: float) -> Optimizer:
    """Adam in the eigenbasis of the gradients' second moments, with a matrix for each axis of a weight (Vyas et al.
    2024): where weights interact, as in the layers around a narrow code, it makes much faster progress than Adam.

    Without weight decay. Raises MissingError if its package is not installed.
    """
    try:
        from pytorch_optimizer import SOAP
    except ImportError:
        raise MissingError("SOAP is not installed: python -m pip install -r requirements-training.txt") from None
    return SOAP(parameters, learning_rate, weight_decay=0.0)
