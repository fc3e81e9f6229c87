"""Two players in one objective: what GANs of all losses share. The losses stand in models/adversarial.py."""

from collections.abc import Callable
from dataclasses import dataclass, field

import torch

from models import adversarial
from train import parallel
from train.averaging import Average
from train.recipe import Recipe


def adam(parameters, learning_rate):
    """Adam with β₁ = 0.5: less momentum, since the other player moves the goal (Radford et al. 2015)."""
    return torch.optim.Adam(parameters, learning_rate, betas=(0.5, 0.999), fused=True)


def adam_without_momentum(parameters, learning_rate):
    """Adam with β₁ = 0 and β₂ = 0.9, as spectral norm and gradient penalties are used with (Miyato et al. 2018)."""
    return torch.optim.Adam(parameters, learning_rate, betas=(0.0, 0.9), fused=True)


def rmsprop(parameters, learning_rate):
    """No momentum at all, as Arjovsky et al. 2017 advise for a clipped critic."""
    return torch.optim.RMSprop(parameters, learning_rate, foreach=True)


@dataclass(frozen=True)
class AdversarialRecipe(Recipe):
    """What a recipe for two players has besides. An epoch is `interval` generator steps, a batch is one critic step's.

    differentiable: a change of pictures that both players' pictures go through (Zhao et al. 2020), or None.
    averaging: decay of the generator's moving average, which is then what is recorded, measured and stored, or None.
    """

    loss: adversarial.Loss = field(default_factory=adversarial.NonSaturating)
    critic_steps: int = 1
    interval: int = 200
    optimiser: Callable = adam
    differentiable: Callable | None = None
    averaging: float | None = None

    @property
    def draw(self):
        return self.batch * self.critic_steps

    def steps_per_epoch(self, images):
        return self.interval


def adversarial_game(model, recipe, steps):
    """A step: `critic_steps` updates of the discriminator, each on a batch of its own, then one of the generator.

    The generator answers the discriminator's last batch of fakes: they are made once, with their graph, and judged
    twice. Scalars are both losses (the penalty included) and the mean logits of real and of generated pictures.
    """
    loss, change = recipe.loss, recipe.differentiable or (lambda x: x)
    critic, maker = list(model.discriminator.parameters()), list(model.generator.parameters())
    critic_optimiser = recipe.optimiser(critic, recipe.learning_rate)
    maker_optimiser = recipe.optimiser(maker, recipe.learning_rate)
    schedules = [
        torch.optim.lr_scheduler.LambdaLR(optimiser, lambda done: recipe.schedule(done / steps))
        for optimiser in (critic_optimiser, maker_optimiser)
    ]
    average = Average(model.generator, recipe.averaging) if recipe.averaging else None

    def step(x, y):
        batches = (2 * x - 1).chunk(recipe.critic_steps)
        for turn, real in enumerate(batches):
            z = parallel.randn(len(real), model.latent, real.device)
            with torch.set_grad_enabled(turn == len(batches) - 1):
                fake = model.generate(z)
            scalars = judge_turn(real, fake.detach())
        scalars["generator"] = make_turn(fake)
        for schedule in schedules:
            schedule.step()
        if average:
            average.update()
        return {name: value.detach() for name, value in scalars.items()}

    def judge_turn(real, fake):
        on_real, on_fake = model.discriminate(change(real)), model.discriminate(change(fake))
        value = loss.discriminator(on_real, on_fake)
        mix = torch.rand(len(real), device=real.device)
        total = value + loss.penalty(model.discriminate, real, fake, mix) + loss.discriminator_task(model, real)
        _descend(total, critic, critic_optimiser)
        if loss.clip:
            adversarial.clip_weights(critic, loss.clip)
        return {"discriminator": total, "real": on_real.mean(), "fake": on_fake.mean()}

    def make_turn(fake):
        # The discriminator stands still: without gradients for its weights a third of its backward pass falls away.
        model.discriminator.requires_grad_(False)
        value = loss.generator(model.discriminate(change(fake))) + loss.generator_task(model, fake)
        _descend(value, maker, maker_optimiser)
        model.discriminator.requires_grad_(True)
        return value

    state = {
        "critic_optimiser": critic_optimiser,
        "generator_optimiser": maker_optimiser,
        "critic_schedule": schedules[0],
        "generator_schedule": schedules[1],
    }
    return step, state | ({"average": average} if average else {})


def _descend(value, parameters, optimiser):
    optimiser.zero_grad(set_to_none=True)
    value.backward()
    parallel.average_gradients(parameters)
    optimiser.step()
