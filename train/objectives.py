"""Objectives that a step minimises, all written in the same form.

objective(model, recipe, steps) -> (step, state)
    step(x, y) -> {name: detached scalar tensor}    x (B, C, H, W) in [0, 1], y (B,) int64; one update of the weights
    state: {name: object with state_dict and load_state_dict}, which a resumed training needs along with the weights
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from models import patch_noise
from models.classifier import SpriteClassifier
from models.denoiser import PLACES, PatchDenoiser, square
from models.probability import (
    gaussian_log_density,
    kl_to_standard_normal,
    reparameterise,
    standard_normal_log_prob,
    total_correlation,
)
from models.vae import VAE, elbo_terms
from train import parallel
from train.averaging import Average
from train.control import ClosedLoop, ControlRecipe, TotalCorrelationRecipe
from train.graph import Step, captured
from train.recipe import LATER, Recipe

Objective = tuple[Step, dict[str, Any]]


def elbo(model: VAE, recipe: Recipe, steps: int) -> Objective:
    """Minus the evidence lower bound, averaged over the batch: nats per image."""

    def loss(x, y):
        reconstruction, kl = elbo_terms(model, x, parallel.randn(len(x), model.latent, x.device))
        reconstruction, kl = reconstruction.mean(), kl.sum(1).mean()
        return {"loss": kl - reconstruction, "reconstruction": -reconstruction, "kl": kl}

    return minimise(loss, model, recipe, steps)


def calibrated_elbo(model: VAE, recipe: Recipe, steps: int) -> Objective:
    """Minus the ELBO with a Gaussian p(x|z) whose variance is the best one for every batch, nats per image.

    That variance is the batch's mean squared error (the scalar `error`), for which −log p(x|z) is
    D/2 · (log(2π · error) + 1) with D numbers in a picture (Rybkin et al. 2021, σ-VAE, equation 6), so that no weight
    between the two terms has to be chosen.
    """

    def loss(x, y):
        mean, log_var = model.encode(x)
        z = reparameterise(mean, log_var, parallel.randn(len(x), model.latent, x.device))
        error = (model.decode(z) - x).square().mean()
        reconstruction = 0.5 * x[0].numel() * ((2 * math.pi * error).log() + 1)
        kl = kl_to_standard_normal(mean, log_var).sum(1).mean()
        return {"loss": reconstruction + kl, "reconstruction": reconstruction, "kl": kl, "error": error}

    return minimise(loss, model, recipe, steps)


def control_elbo(model: VAE, recipe: ControlRecipe, steps: int) -> Objective:
    """The same with a weight β of the KL, which a PI controller sets so that the KL stays at its set point.

    minimise −log p(x|z) + β KL, with β from the KL of the same batch (Shao et al. 2020, Algorithm 1). `loss` is that
    sum, so it also changes with β. Further scalars: the set point on its ramp, β and the controller's integral.
    """
    loop = ClosedLoop(recipe.controller, recipe.ramp * steps, next(model.parameters()).device)

    def loss(x, y):
        reconstruction, kl = elbo_terms(model, x, parallel.randn(len(x), model.latent, x.device))
        reconstruction, kl = reconstruction.mean(), kl.sum(1).mean()
        beta = loop(parallel.mean(kl.detach()))
        return {
            "loss": beta * kl - reconstruction,
            "reconstruction": -reconstruction,
            "kl": kl,
            "set_point": loop.set_point,
            "beta": beta,
            "integral": loop.state[0],
        }

    step, state = minimise(loss, model, recipe, steps)
    return step, state | {"controller": loop}


def total_correlation_elbo(model: VAE, recipe: TotalCorrelationRecipe, steps: int) -> Objective:
    """Minus the ELBO with a weight β of only the total correlation (β-TCVAE, Chen et al. 2018, equation 4).

    minimise −log p(x|z) + KL + (β − 1) TC: the KL is exact, its part TC is estimated within the batch.
    """

    def loss(x, y):
        mean, log_var = model.encode(x)
        z = reparameterise(mean, log_var, parallel.randn(len(x), model.latent, x.device))
        reconstruction = model.log_likelihood(x, z).mean()
        kl = kl_to_standard_normal(mean, log_var).sum(1).mean()
        correlation = total_correlation(z, mean, log_var, recipe.images).mean()
        return {
            "loss": kl + (recipe.beta - 1) * correlation - reconstruction,
            "reconstruction": -reconstruction,
            "kl": kl,
            "total_correlation": correlation,
        }

    return minimise(loss, model, recipe, steps)


@dataclass(frozen=True)
class ImportanceRecipe(Recipe):
    """codes: K, the number of codes per picture in a step. averaging: decay of the weights' moving average."""

    codes: int = field(default=5, metadata=LATER)
    averaging: float = field(default=0.999, metadata=LATER)


def iwae(model: VAE, recipe: ImportanceRecipe, steps: int) -> Objective:
    """Minus the importance-weighted bound with K codes (Burda et al. 2015, equation 8), nats per image.

    The signal-to-noise ratio of its plain gradient for the encoder falls as K grows. The doubly reparameterised
    gradient (Tucker et al. 2018, equation 8) has the same mean and less noise: q's parameters are detached inside the
    weights, and the gradient of each code is weighted a second time.
    """
    average, codes = Average(model, recipe.averaging), recipe.codes

    def loss(x, y):
        mean, log_var = (t.repeat_interleave(codes, 0) for t in model.encode(x))
        noise = parallel.randn(len(x), codes * model.latent, x.device).view(len(mean), model.latent)
        z = reparameterise(mean, log_var, noise)
        log_weights = model.log_likelihood(x.repeat_interleave(codes, 0), z) + standard_normal_log_prob(z)
        log_weights = log_weights - gaussian_log_density(z, mean.detach(), log_var.detach())
        log_weights = log_weights.view(len(x), codes)
        share = log_weights.detach().softmax(1)
        z.register_hook(lambda gradient: share.view(-1, 1) * gradient)
        bound = log_weights.detach().logsumexp(1).mean() - math.log(codes)
        return {"loss": -(share * log_weights).sum(1).mean(), "bound": bound}

    step, state = minimise(loss, model, recipe, steps, average)
    return step, state | {"average": average}


def cross_entropy(model: nn.Module, recipe: Recipe, steps: int, smoothing: float = 0.05) -> Objective:
    """Cross entropy of the labels, with smoothing 0.05 against overconfidence, in nats per image."""

    def loss(x, y):
        logits = model(x)
        return {
            "loss": F.cross_entropy(logits, y, label_smoothing=smoothing),
            "accuracy": (logits.argmax(1) == y).float().mean(),
        }

    return minimise(loss, model, recipe, steps)


def plain_cross_entropy(model: nn.Module, recipe: Recipe, steps: int) -> Objective:
    """Cross entropy of the labels without smoothing, in nats per image."""
    return cross_entropy(model, recipe, steps, smoothing=0)


def factors_cross_entropy(model: SpriteClassifier, recipe: Recipe, steps: int) -> Objective:
    """Sum of K factors' cross entropies: nats per picture. y (B, K) classes, model.factors(x) K tables of logits."""

    def loss(x, y):
        tables = model.factors(x)
        nats = sum(F.cross_entropy(logits, one) for logits, one in zip(tables, y.T, strict=True))
        right = [(logits.argmax(1) == one).float().mean() for logits, one in zip(tables, y.T, strict=True)]
        return {"loss": nats, "accuracy": sum(right) / len(right)}

    return minimise(loss, model, recipe, steps)


def denoise(model: PatchDenoiser, recipe: Recipe, steps: int) -> Objective:
    """Squared error of the restored patch, summed over its pixels, and the cross entropy of its place in nats.

    The patch, its noise and its strength are new in every step. The place is learned from a quarter of the batch: the
    gradient already averages over 441 windows per picture, so that more pictures cost time and help little.
    """

    def loss(x, y):
        numbers = torch.special.ndtr(parallel.randn(len(x), patch_noise.NUMBERS, x.device))  # uniform in [0, 1]
        kind, strength, row, column, u = patch_noise.random_patch(numbers)
        noisy, place = patch_noise.corrupt(x, kind, strength, row, column, u), row * PLACES + column
        clean = x.flatten(1).gather(1, square(place, patch_noise.SIDE, x.shape[-1]))
        squared = (model.restore(noisy, place[:, None])[:, 0] - clean).square().sum(1).mean()
        some = len(x) // 4
        nats = F.cross_entropy(model.locate(noisy[:some]), place[:some])
        return {"loss": squared + nats, "squared_error": squared, "place": nats}

    return minimise(loss, model, recipe, steps)


def minimise(loss: Step, model: nn.Module, recipe: Recipe, steps: int, average: Average | None = None) -> Objective:
    """Minimise loss(x, y)["loss"] with the recipe's optimiser and schedule; all objectives with one player use it.

    loss(x, y) -> {name: scalar tensor}, which may be captured (train/graph.py). average: of the weights, updated after
    every step.
    """
    optimiser = recipe.optimiser(model.parameters(), recipe.learning_rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: recipe.schedule(step / steps))

    def update(x, y):
        optimiser.zero_grad(set_to_none=True)
        scalars = loss(x, y)
        scalars["loss"].backward()
        parallel.average_gradients(model.parameters())
        with torch.autocast(x.device.type, enabled=False):  # SOAP's matrix products must stay in float32
            optimiser.step()
        return {name: value.detach() for name, value in scalars.items()}

    run = captured(update, optimiser)

    def step(x, y):
        scalars = run(x, y)
        schedule.step()
        if average:
            average.update()
        return scalars

    return step, {"optimiser": optimiser, "schedule": schedule}
