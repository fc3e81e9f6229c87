"""GANs of points in the plane, several side by side, each with its own random start."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor
from torch.optim import Optimizer

from checkpoints.recorded.toy_runs import Snapshot
from checkpoints.recorded.toy_settings import ENERGY_POINTS, POOL, Settings
from metrics.energy import energy_distance
from models.adversarial import Loss
from models.toy_gan import Layers, ToyGAN
from train.adversarial import AdversarialRecipe
from train.live.critics import one_thread
from train.recipe import cosine

EVALUATION = 4096  # points on each side of a recorded loss


@dataclass(frozen=True)
class ToyRecipe(AdversarialRecipe):
    """A recipe for a ToyGAN. data(n, rng) -> points (n, 2) in original units, by a numpy Generator.

    learning_rate is the discriminator's, and the generator's if generator_rate is None. One step is `critic_steps`
    updates of the discriminator, then `generator_steps` of the generator. head_start: updates of the discriminator
    alone before the first step. members: how many train side by side; the first one is stored.
    """

    generator_rate: float | None = None
    generator_steps: int = 1
    head_start: int = 0
    members: int = 1

    @property
    def steps(self) -> int:
        return self.epochs * self.interval


def loss_name(loss: Loss) -> str:
    """The name of a loss in recordings, links and the browser: WassersteinGP is wasserstein_gp.

    To train with a loss in the browser, which has no autograd, its derivatives must be in
    ui/components/lib/gan_losses.js, and its title in checkpoints/recorded/toy_settings.py.
    """
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", type(loss).__name__).lower()


def settings_of(recipe: ToyRecipe) -> Settings:
    """The recipe as the plain values of recordings, links and training in the browser.

    Raises ValueError with one sentence for a loss, an optimiser or a number that these do not support.
    """
    numbers = {"clip": "clip", "weight": "penalty"}  # a loss's own number, and its name in the settings
    of_loss = {numbers[name]: value for name, value in vars(recipe.loss).items()}
    return Settings(
        data=recipe.data.__name__,
        loss=loss_name(recipe.loss),
        optimiser=recipe.optimiser.__name__,
        generator=tuple(recipe.arguments["generator"]),
        discriminator=tuple(recipe.arguments["discriminator"]),
        generator_rate=recipe.learning_rate if recipe.generator_rate is None else recipe.generator_rate,
        discriminator_rate=recipe.learning_rate,
        generator_steps=recipe.generator_steps,
        discriminator_steps=recipe.critic_steps,
        head_start=recipe.head_start,
        batch=recipe.batch,
        steps=recipe.steps,
        falling=recipe.schedule is cosine,
        averaging=recipe.averaging or 0.0,
        seed=recipe.seed,
        **of_loss,
    )


def critic_step(model: ToyGAN, loss: Loss, optimiser: Optimizer, real: Tensor, noise: Tensor, mix: Tensor) -> Tensor:
    """Update the discriminators; returns their mean loss.

    real (members, N, 2) standardised, noise (members, N, latent), mix (members, N) uniform in [0, 1].
    The sum of losses gives every member its own gradient, and elementwise optimisers update each as if it were alone.
    """
    with torch.no_grad():
        fake = model.generator(noise)

    def discriminate(points):
        return model.discriminator(points.view(len(real), -1, 2)).flatten()

    optimiser.zero_grad(set_to_none=True)
    value = loss.discriminator(discriminate(real), discriminate(fake)) + loss.penalty(
        discriminate, real.flatten(0, 1), fake.flatten(0, 1), mix.flatten()
    )
    (len(real) * value).backward()
    optimiser.step()
    loss.constrain(model.discriminator.parameters())
    return value.detach()


def generator_step(model: ToyGAN, loss: Loss, optimiser: Optimizer, noise: Tensor) -> Tensor:
    """Update the generators; returns their mean loss. noise (members, N, latent)."""
    optimiser.zero_grad(set_to_none=True)
    value = loss.generator(model.discriminator(model.generator(noise)))
    parameters = list(model.generator.parameters())
    for parameter, slope in zip(parameters, torch.autograd.grad(len(noise) * value, parameters), strict=True):
        parameter.grad = slope
    optimiser.step()
    return value.detach()


def toy_game(model: ToyGAN, recipe: ToyRecipe, steps: int) -> tuple[Callable[..., dict[str, Tensor]], dict[str, Any]]:
    """step(draw, alone) -> both players' mean losses, for members side by side, each with its own random numbers.

    draw(random) -> standardised points (members, N, 2): the next real batch, by a torch Generator. alone: whether only
    the discriminator takes a step (a head start). state["average"]: the generator with averaged weights, mean ←
    averaging · mean + (1 − averaging) · weights after each of its steps; without averaging, the generator itself.
    """
    loss, random = recipe.loss, torch.Generator().manual_seed(recipe.seed)
    rate = recipe.learning_rate if recipe.generator_rate is None else recipe.generator_rate
    critic_optimiser = recipe.optimiser(model.discriminator.parameters(), recipe.learning_rate)
    generator_optimiser = recipe.optimiser(model.generator.parameters(), rate)
    schedules = [
        torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: recipe.schedule(min(1.0, step / steps)))
        for optimiser in (critic_optimiser, generator_optimiser)
    ]
    average = copy.deepcopy(model.generator).requires_grad_(False) if recipe.averaging else model.generator

    def noise():
        return torch.randn(model.members, recipe.batch, model.latent, generator=random)

    def step(draw, alone=False):
        critic_loss = generator_loss = torch.zeros(())
        for _ in range(1 if alone else recipe.critic_steps):
            real, z = draw(random), noise()
            mix = torch.rand(z.shape[:2], generator=random)
            critic_loss = critic_step(model, loss, critic_optimiser, real, z, mix)
        if alone:
            return {"discriminator": critic_loss}
        for _ in range(recipe.generator_steps):
            generator_loss = generator_step(model, loss, generator_optimiser, noise())
            if recipe.averaging:
                weights = [p.detach() for p in model.generator.parameters()]
                torch._foreach_lerp_(  # pyright: ignore[reportPrivateImportUsage]
                    list(average.parameters()), weights, 1 - recipe.averaging
                )
        for schedule in schedules:
            schedule.step()
        return {"discriminator": critic_loss, "generator": generator_loss}

    return step, {"average": average}


class Training:
    """A ToyRecipe's `members` GANs, each with its own random start and batches.

    Every instance has its own random numbers; the weights do not depend on how the steps are divided into runs.
    """

    def __init__(self, recipe: ToyRecipe) -> None:
        self.recipe, self.step, self.loss, self.real = recipe, 0, recipe.loss, recipe.data
        pool = self.real(POOL, np.random.default_rng([recipe.seed, 0]))
        with torch.random.fork_rng(devices=()):
            torch.manual_seed(recipe.seed)  # the initial weights
            self.model = cast(ToyGAN, recipe.model(**recipe.arguments, members=recipe.members))
        self.model.centre.copy_(torch.from_numpy(pool.mean(0)))
        self.model.scale.copy_(torch.from_numpy(pool.std(0)))
        self.pool = torch.from_numpy(self.standardised(pool)).float()
        self._step, state = recipe.objective(self.model, recipe, recipe.steps)
        self.average: Layers = state["average"]  # the generator to show and to measure
        with one_thread():
            for _ in range(recipe.head_start):
                self._step(self._draw, alone=True)

    def standardised(self, points: np.ndarray) -> np.ndarray:
        """Points (…, 2) in original units, standardised to mean 0 and standard deviation 1 over the training set."""
        return (points - self.model.centre.numpy()) / self.model.scale.numpy()

    @one_thread()
    def run(self, steps: int) -> None:
        """Take `steps` more steps. Raises FloatingPointError with one sentence if a loss is not finite."""
        losses = torch.zeros(())
        for _ in range(steps):
            losses = losses + sum(self._step(self._draw).values())
            self.step += 1
        if not torch.isfinite(losses):
            raise FloatingPointError(f"The training diverged before step {self.step}; choose smaller learning rates.")

    def _draw(self, random):
        return self.pool[torch.randint(POOL, (self.model.members, self.recipe.batch), generator=random)]

    @torch.no_grad()
    def energies(self, n: int = ENERGY_POINTS, seed: int = 1) -> np.ndarray:
        """Energy distance (members,) between n generated points of every member and as many fresh real ones."""
        rng = np.random.default_rng([self.recipe.seed, seed])
        noise = rng.standard_normal((self.model.members, n, self.model.latent))
        generated = self.average(torch.from_numpy(noise).float()).double().numpy()
        return np.array([energy_distance(points, self.standardised(self.real(n, rng))) for points in generated])

    @torch.no_grad()
    def losses(self, n: int = EVALUATION, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
        """The discriminators' and the generators' losses on n fresh points per side, nats for BCE, (members,) each."""
        rng = np.random.default_rng([self.recipe.seed, seed])
        real = torch.from_numpy(self.standardised(self.real(n, rng))).float().expand(self.model.members, n, 2)
        noise = torch.from_numpy(rng.standard_normal((self.model.members, n, self.model.latent))).float()
        logits = (self.model.discriminator(points).squeeze(-1) for points in (real, self.average(noise)))
        pairs = [(self.loss.discriminator(a, b), self.loss.generator(b)) for a, b in zip(*logits, strict=True)]
        discriminators, generators = (np.array(side, float) for side in zip(*pairs, strict=True))
        return discriminators, generators

    def snapshot(self, member: int = 0) -> Snapshot:
        """The current state of one member."""
        discriminator, generator = (float(values[member]) for values in self.losses())
        return Snapshot(
            self.step,
            discriminator,
            generator,
            float(self.energies()[member]),
            flat(self.model.generator, member),
            flat(self.model.discriminator, member),
            flat(self.average, member),
        )


def flat(layers: Layers, member: int = 0) -> np.ndarray:
    """One member's weights in the order of a Snapshot, (W,)."""
    pairs = zip(layers.weights, layers.biases, strict=True)
    return np.concatenate([p[member].detach().numpy().ravel() for pair in pairs for p in pair])
