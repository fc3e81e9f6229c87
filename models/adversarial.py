"""Adversarial losses, all written in the same form, so that a reader sees how they differ.

A loss is three functions of one logit a, the output of the discriminator (critic) before any sigmoid,
D(x) = sigmoid(a):

    loss.real_term(a), loss.fake_term(a)   what the discriminator minimises at a real and at a generated sample
    loss.generator_term(a)                 what the generator minimises at a generated sample

They work element by element on tensors of any shape. `loss.discriminator(real, fake)` and `loss.generator(fake)` are
their means over a batch. Two more keep the discriminator smooth; most losses have neither:

    loss.penalty(discriminate, real, fake, mix)   a scalar added to the discriminator's loss
    loss.constrain(parameters)                    changes its weights after each of its steps

To add a loss, write one class and name it in LOSSES: the page "GAN losses" then shows it, with its `title` and `latex`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor


class Latex(NamedTuple):
    """The three terms of a loss as LaTeX, each with its derivative in the logit a; D = sigmoid(a)."""

    real: tuple[str, str]
    fake: tuple[str, str]
    generator: tuple[str, str]


@dataclass(frozen=True)
class Loss:
    """Base of all losses: means over a batch, no penalty and no constraint.

    title: the loss's name on the screen.
    """

    title: ClassVar[str]
    latex: ClassVar[Latex]

    def real_term(self, a: Tensor) -> Tensor:
        """What the discriminator minimises at a real sample: logits (…) -> (…), element by element."""
        raise NotImplementedError

    def fake_term(self, a: Tensor) -> Tensor:
        """What the discriminator minimises at a generated sample: logits (…) -> (…), element by element."""
        raise NotImplementedError

    def generator_term(self, a: Tensor) -> Tensor:
        """What the generator minimises at a generated sample: logits (…) -> (…), element by element."""
        raise NotImplementedError

    def discriminator(self, real: Tensor, fake: Tensor) -> Tensor:
        """Logits of real (N,) and generated samples (M,) -> the scalar that the discriminator minimises."""
        return self.real_term(real).mean() + self.fake_term(fake).mean()

    def generator(self, fake: Tensor) -> Tensor:
        """Logits of generated samples (M,) -> the scalar that the generator minimises."""
        return self.generator_term(fake).mean()

    def penalty(self, discriminate: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, mix: Tensor) -> Tensor:
        """Zero. discriminate: samples (N, …) -> logits (N,); real, fake: (N, …); mix: (N,) uniform in [0, 1]."""
        return real.new_zeros(())

    def constrain(self, parameters: Iterable[torch.nn.Parameter]) -> None:
        """Change the discriminator's weights in place after a step; this base leaves them as they are."""


@dataclass(frozen=True)
class Minimax(Loss):
    """The original game: V = E log D(x) + E log(1 − D(G(z))) (Goodfellow et al. 2014, equation 1)."""

    title = "Minimax"
    latex = Latex(real=(r"-\log D", "D - 1"), fake=(r"-\log(1 - D)", "D"), generator=(r"\log(1 - D)", "-D"))

    def real_term(self, a: Tensor) -> Tensor:
        return F.softplus(-a)

    def fake_term(self, a: Tensor) -> Tensor:
        return F.softplus(a)

    def generator_term(self, a: Tensor) -> Tensor:
        return -F.softplus(a)  # flat where the discriminator is certain


@dataclass(frozen=True)
class NonSaturating(Minimax):
    """The same discriminator; the generator maximises E log D(G(z)) (Goodfellow et al. 2014, section 3)."""

    title = "Non-saturating"
    latex = Latex(real=(r"-\log D", "D - 1"), fake=(r"-\log(1 - D)", "D"), generator=(r"-\log D", "D - 1"))

    def generator_term(self, a: Tensor) -> Tensor:
        return F.softplus(-a)


@dataclass(frozen=True)
class NonSaturatingR1(NonSaturating):
    """The same with the penalty R₁, which flattens the discriminator at the data, so that the game converges
    (Mescheder et al. 2018, equation 9; the weight is their γ/2)."""

    weight: float = 1.0

    def penalty(self, discriminate: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, mix: Tensor) -> Tensor:
        """weight · E ‖∇ discriminate(x)‖² at the real samples."""
        return self.weight * slope_at_real(discriminate, real)


@dataclass(frozen=True)
class LeastSquares(Loss):
    """Squared distances from 1 and 0 (Mao et al. 2017; the generator's without its factor ½)."""

    title = "Least squares"
    latex = Latex(
        real=(r"\tfrac12 (a - 1)^2", "a - 1"), fake=(r"\tfrac12 a^2", "a"), generator=("(a - 1)^2", "2(a - 1)")
    )

    def real_term(self, a: Tensor) -> Tensor:
        return 0.5 * (a - 1).square()

    def fake_term(self, a: Tensor) -> Tensor:
        return 0.5 * a.square()

    def generator_term(self, a: Tensor) -> Tensor:
        return (a - 1).square()


@dataclass(frozen=True)
class Hinge(Loss):
    """The discriminator stops pushing at ±1 (Lim & Ye 2017; Miyato et al. 2018, equation 16)."""

    title = "Hinge"
    latex = Latex(real=(r"\max(0, 1 - a)", "-[a < 1]"), fake=(r"\max(0, 1 + a)", "[a > -1]"), generator=("-a", "-1"))

    def real_term(self, a: Tensor) -> Tensor:
        return F.relu(1 - a)

    def fake_term(self, a: Tensor) -> Tensor:
        return F.relu(1 + a)

    def generator_term(self, a: Tensor) -> Tensor:
        return -a


@dataclass(frozen=True)
class HingeR1(Hinge):
    """The same with the penalty R₁, as in NonSaturatingR1."""

    weight: float = 1.0

    def penalty(self, discriminate: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, mix: Tensor) -> Tensor:
        """weight · E ‖∇ discriminate(x)‖² at the real samples."""
        return self.weight * slope_at_real(discriminate, real)


@dataclass(frozen=True)
class Wasserstein(Loss):
    """The critic's difference of means, with its weights kept in [−clip, clip] (Arjovsky et al. 2017, algorithm 1)."""

    clip: float = 0.01

    title = "Wasserstein"
    latex = Latex(real=("-a", "-1"), fake=("a", "1"), generator=("-a", "-1"))

    def real_term(self, a: Tensor) -> Tensor:
        return -a

    def fake_term(self, a: Tensor) -> Tensor:
        return a

    def generator_term(self, a: Tensor) -> Tensor:
        return -a

    @torch.no_grad()
    def constrain(self, parameters: Iterable[torch.nn.Parameter]) -> None:
        """Put every weight back into [−clip, clip]."""
        for parameter in parameters:
            parameter.clamp_(-self.clip, self.clip)


@dataclass(frozen=True)
class WassersteinGP(Loss):
    """The same difference with its gradient kept near length 1 (Gulrajani et al. 2017, equation 3)."""

    weight: float = 10.0

    title = "Wasserstein with gradient penalty"
    latex = Wasserstein.latex

    def real_term(self, a: Tensor) -> Tensor:
        return -a

    def fake_term(self, a: Tensor) -> Tensor:
        return a

    def generator_term(self, a: Tensor) -> Tensor:
        return -a

    def penalty(self, discriminate: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, mix: Tensor) -> Tensor:
        """weight · E (‖∇ discriminate(x)‖ − 1)² at x = mix·real + (1 − mix)·fake, one point between each pair."""
        return self.weight * (gradient_norms(discriminate, real, fake, mix) - 1).square().mean()


def slope_at_real(discriminate: Callable[[Tensor], Tensor], real: Tensor) -> Tensor:
    """E ‖∇ discriminate(x)‖² at samples x (N, …), a scalar: R₁ without its weight (Mescheder et al. 2018)."""
    return gradient_norms(discriminate, real, real, real.new_ones(len(real))).square().mean()


LOSSES = (Minimax, NonSaturating, LeastSquares, Hinge, Wasserstein, WassersteinGP)


def gradient_norms(discriminate: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, mix: Tensor) -> Tensor:
    """‖∇ discriminate(x)‖ (N,) at x = mix·real + (1 − mix)·fake, one point between each pair.

    real, fake (N, …), mix (N,). The norms are differentiable in the discriminator's weights.
    """
    mix = mix.view(-1, *[1] * (real.dim() - 1))
    between = (mix * real + (1 - mix) * fake).detach().requires_grad_()
    (gradient,) = torch.autograd.grad(discriminate(between).sum(), between, create_graph=True)
    return gradient.flatten(1).norm(dim=1)
