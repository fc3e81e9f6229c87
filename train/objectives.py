"""Objectives: what a step minimises, one under another with the same shape.

objective(model, recipe, steps) -> (step, state)
    step(x, y) -> {name: detached scalar tensor}    x (B, C, H, W) in [0, 1], y (B,) int64; one update of the weights
    state: {name: object with state_dict and load_state_dict}, what a resumed training needs besides the weights
"""

import torch
import torch.nn.functional as F

from models import patch_noise
from models.denoiser import PLACES
from models.vae import elbo_terms
from train import parallel


def elbo(model, recipe, steps):
    """Minus the evidence lower bound, averaged over the batch: nats per image."""

    def loss(x, y):
        reconstruction, kl = elbo_terms(model, x, parallel.randn(len(x), model.latent, x.device))
        reconstruction, kl = reconstruction.mean(), kl.sum(1).mean()
        return {"loss": kl - reconstruction, "reconstruction": -reconstruction, "kl": kl}

    return _minimise(loss, model, recipe, steps)


def cross_entropy(model, recipe, steps):
    """Cross entropy of the labels, with smoothing 0.05 against overconfidence, in nats per image."""

    def loss(x, y):
        logits = model(x)
        return {
            "loss": F.cross_entropy(logits, y, label_smoothing=0.05),
            "accuracy": (logits.argmax(1) == y).float().mean(),
        }

    return _minimise(loss, model, recipe, steps)


def denoise(model, recipe, steps):
    """Squared error of the restored patch, summed over its pixels, and the cross entropy of its place in nats.

    The patch, its noise and its strength are new in every step. The place is learned from a quarter of the batch: its
    gradient averages over 441 windows of each picture, so that more pictures cost time and bring little.
    """

    def loss(x, y):
        numbers = torch.special.ndtr(parallel.randn(len(x), patch_noise.NUMBERS, x.device))  # uniform in [0, 1]
        kind, strength, row, column, u = patch_noise.random_patch(numbers)
        noisy, place = patch_noise.corrupt(x, kind, strength, row, column, u), row * PLACES + column
        clean = x.flatten(1).gather(1, model.patch_pixels[place])
        squared = (model.restore(noisy, place[:, None])[:, 0] - clean).square().sum(1).mean()
        some = len(x) // 4
        nats = F.cross_entropy(model.locate(noisy[:some]), place[:some])
        return {"loss": squared + nats, "squared_error": squared, "place": nats}

    return _minimise(loss, model, recipe, steps)


def _minimise(loss, model, recipe, steps):
    """Adam on loss(x, y)["loss"] with the recipe's schedule: what all objectives with one player share."""
    optimiser = torch.optim.Adam(model.parameters(), recipe.learning_rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda done: recipe.schedule(done / steps))

    def step(x, y):
        optimiser.zero_grad(set_to_none=True)
        scalars = loss(x, y)
        scalars["loss"].backward()
        parallel.average_gradients(model.parameters())
        optimiser.step()
        schedule.step()
        return {name: value.detach() for name, value in scalars.items()}

    return step, {"optimiser": optimiser, "schedule": schedule}
