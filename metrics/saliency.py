"""Which pixels a classifier's answer depends on (Simonyan, Vedaldi & Zisserman 2013, section 3)."""

from collections.abc import Callable

import torch


def logit_gradients(network: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """∂ logit / ∂ x of every class at one picture: x (C, H, W) in [0, 1] -> (classes, C, H, W), logits per unit.

    network: pictures (N, C, H, W) -> logits (N, classes), in eval mode, since in training mode the pictures of a batch
    influence each other by BatchNorm.
    """
    with torch.inference_mode(False), torch.enable_grad():
        x = x.detach().clone().requires_grad_()
        logits = network(x[None])[0]
        each = torch.eye(len(logits), dtype=logits.dtype)
        return torch.stack([torch.autograd.grad(logits, x, row, retain_graph=True)[0] for row in each])
