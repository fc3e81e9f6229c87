"""The objective with two players that GANs share, whatever their loss. The losses are in models/adversarial.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from models import adversarial
from models.gan import GAN
from train import parallel
from train.averaging import Average
from train.graph import captured
from train.objectives import Objective
from train.recipe import Recipe


def adam(parameters: Iterable[nn.Parameter], learning_rate: float) -> Optimizer:
    """Adam with β₁ = 0.5: less momentum, since the other player moves the target (Radford et al. 2015)."""
    return torch.optim.Adam(parameters, learning_rate, betas=(0.5, 0.999), fused=True)


def adam_without_momentum(parameters: Iterable[nn.Parameter], learning_rate: float) -> Optimizer:
    """Adam with β₁ = 0 and β₂ = 0.9, as used with spectral norm and gradient penalties (Miyato et al. 2018)."""
    return torch.optim.Adam(parameters, learning_rate, betas=(0.0, 0.9), fused=True)


def rmsprop(parameters: Iterable[nn.Parameter], learning_rate: float) -> Optimizer:
    """RMSProp without momentum, which Arjovsky et al. 2017 recommend for a clipped critic."""
    return torch.optim.RMSprop(parameters, learning_rate, foreach=True)


def sgd(parameters: Iterable[nn.Parameter], learning_rate: float) -> Optimizer:
    """Plain gradient descent."""
    return torch.optim.SGD(parameters, learning_rate)


@dataclass(frozen=True)
class AdversarialRecipe(Recipe):
    """A recipe for two players. An epoch is `interval` generator steps; a batch is for one critic step.

    differentiable: an augmentation of the discriminator's real and generated input (Zhao et al. 2020), or None.
    averaging: decay of the generator's moving average, which is then recorded, measured and stored, or None.
    """

    loss: adversarial.Loss = field(default_factory=adversarial.NonSaturating)
    critic_steps: int = 1
    interval: int = 200
    optimiser: Callable[[Iterable[nn.Parameter], float], Optimizer] = adam
    differentiable: Callable[[Tensor], Tensor] | None = None
    averaging: float | None = None

    @property
    def images_per_step(self) -> int:
        return self.batch * self.critic_steps

    def steps_per_epoch(self, images: int) -> int:
        return self.interval


def adversarial_game(
    model: GAN,
    recipe: AdversarialRecipe,
    steps: int,
    critic_task: Callable[[Tensor], Tensor] | None = None,
    generator_task: Callable[[Tensor], Tensor] | None = None,
) -> Objective:
    """A step: `critic_steps` updates of the discriminator, each on its own batch, then one update of the generator.

    The generator trains on the discriminator's last batch of fakes, which are generated once, with their graph, and
    pass through the discriminator twice. Scalars are both losses (including penalty and tasks) and the mean logits of
    real and generated pictures. critic_task, generator_task: terms added to the players' losses, functions of real and
    of generated pictures (B, C, H, W) in [−1, 1] (see train/self_supervised.py).
    """
    loss, change = recipe.loss, recipe.differentiable or (lambda x: x)
    critic, generator = list(model.discriminator.parameters()), list(model.generator.parameters())
    critic_optimiser = recipe.optimiser(critic, recipe.learning_rate)
    generator_optimiser = recipe.optimiser(generator, recipe.learning_rate)
    schedules = [
        torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: recipe.schedule(step / steps))
        for optimiser in (critic_optimiser, generator_optimiser)
    ]
    average = Average(model.generator, recipe.averaging) if recipe.averaging else None

    def update(x, y):
        batches = (2 * x - 1).chunk(recipe.critic_steps)
        for turn, real in enumerate(batches):
            z = parallel.randn(len(real), model.latent, real.device)
            with torch.set_grad_enabled(turn == len(batches) - 1):
                fake = model.generate(z)
            scalars = critic_step(real, fake.detach())
        scalars["generator"] = generator_step(fake)
        return {name: value.detach() for name, value in scalars.items()}

    def critic_step(real, fake):
        on_real, on_fake = model.discriminate(change(real)), model.discriminate(change(fake))
        mix = torch.rand(len(real), device=real.device)
        value = loss.discriminator(on_real, on_fake) + loss.penalty(model.discriminate, real, fake, mix)
        if critic_task:
            value = value + critic_task(real)
        _descend(value, critic, critic_optimiser)
        loss.constrain(critic)
        return {"discriminator": value, "real": on_real.mean(), "fake": on_fake.mean()}

    def generator_step(fake):
        # The discriminator is fixed here: without gradients for its weights, its backward pass is a third shorter.
        model.discriminator.requires_grad_(False)
        value = loss.generator(model.discriminate(change(fake)))
        if generator_task:
            value = value + generator_task(fake)
        _descend(value, generator, generator_optimiser)
        model.discriminator.requires_grad_(True)
        return value

    run = captured(update, critic_optimiser, generator_optimiser)

    def step(x, y):
        scalars = run(x, y)
        for schedule in schedules:
            schedule.step()
        if average:
            average.update()
        return scalars

    state = {
        "critic_optimiser": critic_optimiser,
        "generator_optimiser": generator_optimiser,
        "critic_schedule": schedules[0],
        "generator_schedule": schedules[1],
    }
    return step, state | ({"average": average} if average else {})


def _descend(value, parameters, optimiser):
    optimiser.zero_grad(set_to_none=True)
    value.backward()
    parallel.average_gradients(parameters)
    optimiser.step()
