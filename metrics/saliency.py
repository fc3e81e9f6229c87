"""Which pixels a classifier's answer depends on: gradients of its logits."""

from collections.abc import Callable

import torch


def logit_gradients(
    network: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, noise: torch.Tensor | None = None
) -> torch.Tensor:
    """∂ logit / ∂ x of every class at one picture: x (C, H, W) in [0, 1] -> (classes, C, H, W), logits per unit.

    Simonyan, Vedaldi & Zisserman 2013, section 3. With noise (N, C, H, W), the mean gradient at the N pictures
    x + noise, which averages out pixel-to-pixel fluctuations: SmoothGrad, Smilkov et al. 2017.

    network: pictures (N, C, H, W) -> logits (N, classes), in eval mode, since BatchNorm in training mode makes the
    pictures of a batch depend on each other.
    """
    with torch.inference_mode(False), torch.enable_grad():
        pictures = x.detach().clone()[None] if noise is None else x + noise
        pictures.requires_grad_()
        logits = network(pictures).mean(0)
        each = torch.eye(len(logits), dtype=logits.dtype)
        return torch.stack([torch.autograd.grad(logits, pictures, row, retain_graph=True)[0].sum(0) for row in each])
