"""Moving averages of weights, less noisy than the last (Polyak & Juditsky 1992; for GANs Yazıcı et al. 2019)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


class Average:
    """Exponential moving average of a module's weights, including BatchNorm's statistics.

    decay: per step, in [0, 1).
    """

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.module = module
        self.shadow = AveragedModel(module, multi_avg_fn=get_ema_multi_avg_fn(decay), use_buffers=True)

    def update(self) -> None:
        """Call after every step: average ← decay · average + (1 − decay) · weights; it starts as the weights."""
        self.shadow.update_parameters(self.module)

    @torch.no_grad()
    def finish(self) -> None:
        """Give the module the averaged weights for good."""
        self.module.load_state_dict(self.shadow.module.state_dict())

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """Give the module the averaged weights inside the context, and its own afterwards."""
        own = {name: value.clone() for name, value in self.module.state_dict().items()}
        self.finish()
        try:
            yield
        finally:
            self.module.load_state_dict(own)

    def state_dict(self) -> dict:
        return self.shadow.state_dict()

    def load_state_dict(self, state: dict) -> None:
        self.shadow.load_state_dict(state)
