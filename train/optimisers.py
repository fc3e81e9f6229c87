"""Optimisers of objectives with one player, side by side: optimiser(parameters, learning_rate).

Those of two players stand in train/adversarial.py: there, momentum is a matter of the game.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn
from torch.optim import Optimizer

from evaluate.command import MissingError


def adam(parameters: Iterable[nn.Parameter], learning_rate: float) -> Optimizer:
    """Adam as it was published (Kingma & Ba 2014)."""
    return torch.optim.Adam(parameters, learning_rate, fused=True)


def soap(parameters: Iterable[nn.Parameter], learning_rate: float) -> Optimizer:
    """Adam along the eigenvectors of the gradients' second moments, a matrix for each axis of a weight (Vyas et al.
    2024): where weights act together, as in the layers around a narrow code, its steps go much further than Adam's.

    Without weight decay. Raises MissingError without the package that it comes from.
    """
    try:
        from pytorch_optimizer import SOAP
    except ImportError:
        raise MissingError("SOAP is not installed: python -m pip install -r requirements-training.txt") from None
    return SOAP(parameters, learning_rate, weight_decay=0.0)
