"""Moving averages of weights: steadier than the last ones (Polyak & Juditsky 1992; for GANs Yazıcı et al. 2019)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


class Average:
    """Exponential moving average of a module's weights, BatchNorm's statistics included.

    decay: in [0, 1), of one step.
    """

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.module = module
        self.shadow = AveragedModel(module, multi_avg_fn=get_ema_multi_avg_fn(decay), use_buffers=True)

    def update(self) -> None:
        """After every step: average ← decay · average + (1 − decay) · weights; at first the weights."""
        self.shadow.update_parameters(self.module)

    @torch.no_grad()
    def finish(self) -> None:
        """The module keeps the averaged weights."""
        self.module.load_state_dict(self.shadow.module.state_dict())

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """Inside of it the module holds the averaged weights, and its own again afterwards."""
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
