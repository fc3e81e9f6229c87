"""How clipping affects a critic: a histogram of its weights, and one-dimensional critics for several clip values.

A critic of a WGAN keeps every weight in [−c, c] (Arjovsky et al. 2017, algorithm 1), which bounds its slope but also
its capacity: in Gulrajani et al. 2017 (section 3), weights moved to both ends and the critic became too simple.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from checkpoints.recorded.clipped_critics import NEAR, ClippedCritics
from data.toy import Distribution
from models.batched import BatchedMLP
from train.live.critics import one_thread

RATE = 0.02  # share of the clip value by which a clipped critic's weights move per step; ten times as much in the first
FREE_RATE = 0.01  # the same of a critic with the penalty, whose weights have no bound to be a share of
PENALTY = 10.0
GRID = np.linspace(-4, 4, 161)  # where critics are evaluated


def train_critics(
    p: Distribution,
    q: Distribution,
    clips: Sequence[float],
    *,
    width: int = 16,
    steps: int = 600,
    batch: int = 128,
    seed: int = 0,
) -> ClippedCritics:
    """Maximise E_p T − E_q T once for every clip value, and once with λ E (‖∇T‖ − 1)₊² instead of clipping.

    The penalty is one-sided (Petzka et al. 2018), since here the slope of the best critic changes its sign (see
    best_critic in metrics/gan_values.py). p, q: one-dimensional distributions (data.toy); clips: positive numbers.
    Networks with two hidden tanh layers, RMSProp as in the paper, with a learning rate of RATE · c for each member, or
    FREE_RATE with the penalty. Raises ValueError if a clip value is not a positive number, and for fewer than one step.
    """
    if steps < 1:
        raise ValueError(f"Critics need at least one step, not {steps}.")
    if not clips or not all(0 < c < np.inf for c in clips):
        raise ValueError("Clip values must be positive numbers.")
    members, rng = len(clips) + 1, np.random.default_rng(seed)
    generator = torch.Generator().manual_seed(seed)
    bounds = torch.tensor([*clips, np.inf], dtype=torch.float32).view(-1, 1, 1)
    rates = torch.tensor([*(RATE * c for c in clips), FREE_RATE], dtype=torch.float32).view(-1, 1, 1)
    with one_thread():
        net = BatchedMLP(members, (1, width, width, 1), "tanh", generator)
        parameters = list(net.parameters())
        squares = [torch.zeros_like(weight) for weight in parameters]
        _clip(parameters, bounds)
        for _ in range(steps):
            x, y = (torch.from_numpy(d.sample(batch, rng)[:, :1]).float().expand(members, -1, -1) for d in (p, q))
            mix = torch.rand(1, batch, 1, generator=generator)
            real, fake = net(x), net(y)
            _, gradient = net.value_and_gradient((mix * x + (1 - mix) * y)[-1:], slice(-1, None))
            loss = (fake.mean(1) - real.mean(1)).sum() + PENALTY * (gradient.abs() - 1).relu().square().mean()
            _descend(parameters, torch.autograd.grad(loss, parameters), squares, rates)
            _clip(parameters, bounds)
        with torch.no_grad():
            at = torch.from_numpy(GRID).float().view(1, -1, 1).expand(members, -1, -1)
            drawn = net(at).double().numpy()
            weights = torch.cat([w.flatten(1) for w in parameters], 1).numpy()
    values = (drawn * np.gradient(GRID) * (p.pdf(GRID) - q.pdf(GRID))).sum(1)
    return ClippedCritics(tuple(clips), GRID, drawn, weights, values)


@torch.no_grad()
def _descend(parameters, gradients, squares, rates):
    """A step of RMSProp, whose mean squares it updates; torch's has one rate for all members."""
    for weight, g, square in zip(parameters, gradients, squares, strict=True):
        square.mul_(0.99).addcmul_(g, g, value=0.01)
        weight.sub_(rates * g / (square.sqrt() + 1e-8))


@torch.no_grad()
def _clip(parameters, bounds):
    for weight in parameters:
        weight.copy_(torch.maximum(torch.minimum(weight, bounds), -bounds))


def weight_histogram(network: torch.nn.Module, bins: int = 60) -> tuple[np.ndarray, np.ndarray, float, float, float]:
    """(edges (bins + 1,), shares (bins,), largest |weight|, share within 1 % of it, share above 0) of all weights.

    Raises ValueError for a module without weights.
    """
    weights = [weight.detach().flatten().float() for weight in network.parameters()]
    if not weights:
        raise ValueError("This network has no weights.")
    weights = torch.cat(weights).cpu().numpy()
    most = float(np.abs(weights).max())
    counts, edges = np.histogram(weights, bins, (-most, most) if most else (-1, 1))
    return (
        edges,
        counts / counts.sum(),
        most,
        float((np.abs(weights) > NEAR * most).mean()),
        float((weights > 0).mean()),
    )
