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


def train_critics(
    p: Distribution,
    q: Distribution,
    clips: Sequence[float],
    *,
    penalty: float = 10.0,
    width: int = 16,
    steps: int = 600,
    batch: int = 128,
    rate: float = 0.01,
    seed: int = 0,
    grid: np.ndarray | None = None,
) -> ClippedCritics:
    """Maximise E_p T − E_q T once for every clip value, and once with λ E (‖∇T‖ − 1)₊² instead of clipping.

    The penalty is one-sided (Petzka et al. 2018), since here the slope of the best critic changes its sign (see
    best_critic in metrics/gan_values.py). p, q: one-dimensional distributions (data.toy); clips: positive numbers.
    Networks with two hidden tanh layers, RMSProp as in the paper, with a learning rate of RATE · c for each member, or
    `rate` with the penalty. grid (G,): where the critics are evaluated, by default 161 points of [−4, 4]. Returns
    ClippedCritics. Raises ValueError if a clip value is not a positive number, and for fewer than one step.
    """
    if steps < 1:
        raise ValueError(f"Critics need at least one step, not {steps}.")
    if not clips or not all(0 < c < np.inf for c in clips):
        raise ValueError("Clip values must be positive numbers.")
    grid = np.linspace(-4, 4, 161) if grid is None else grid
    members, rng = len(clips) + 1, np.random.default_rng(seed)
    generator = torch.Generator().manual_seed(seed)
    bounds = torch.tensor([*clips, np.inf], dtype=torch.float32).view(-1, 1, 1)
    rates = torch.tensor([*(RATE * c for c in clips), rate], dtype=torch.float32).view(-1, 1, 1)
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
            loss = (fake.mean(1) - real.mean(1)).sum() + penalty * (gradient.abs() - 1).relu().square().mean()
            gradients = torch.autograd.grad(loss, parameters)
            with torch.no_grad():
                for weight, g, square in zip(parameters, gradients, squares, strict=True):
                    square.mul_(0.99).addcmul_(g, g, value=0.01)
                    weight.sub_(rates * g / (square.sqrt() + 1e-8))
            _clip(parameters, bounds)
        with torch.no_grad():
            at = torch.from_numpy(grid).float().view(1, -1, 1).expand(members, -1, -1)
            drawn = net(at).double().numpy()
            weights = torch.cat([w.flatten(1) for w in parameters], 1).numpy()
    step = np.gradient(grid)
    values = (drawn * step * (p.pdf(grid) - q.pdf(grid))).sum(1)
    return ClippedCritics(tuple(clips), grid, drawn, weights, values)


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
