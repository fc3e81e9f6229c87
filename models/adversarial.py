"""Adversarial losses, one under another with the same shape, so that only the difference moves.

    loss.discriminator(real, fake)    logits (N,) and (M,) -> scalar, what the discriminator (the critic) minimises
    loss.generator(fake)              logits (M,)          -> scalar, what the generator minimises
    loss.penalty(discriminate, real, fake, mix) -> scalar, added to the first; zero for most
    loss.discriminator_task(model, real), loss.generator_task(model, fake) -> scalars, added to each; zero for most
    loss.clip                         bound of the critic's weights after every step of it, or None

A logit is what the discriminator gives before any sigmoid: D(x) = sigmoid(logit). Expectations are means over a batch.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F


@dataclass(frozen=True)
class Loss:
    """What the losses share: no penalty, no second task and no clipping."""

    clip = None

    def penalty(self, discriminate, real, fake, mix):
        """Zero. discriminate: pictures -> logits; real, fake: (N, …); mix: (N,) uniform in [0, 1]."""
        return real.new_zeros(())

    def discriminator_task(self, model, real):
        return real.new_zeros(())

    def generator_task(self, model, fake):
        return fake.new_zeros(())


@dataclass(frozen=True)
class Minimax(Loss):
    """The game as it was first written: V = E log D(x) + E log(1 − D(G(z))) (Goodfellow et al. 2014, equation 1)."""

    def discriminator(self, real, fake):
        return F.softplus(-real).mean() + F.softplus(fake).mean()

    def generator(self, fake):
        return -F.softplus(fake).mean()  # log(1 − D): flat where the discriminator is sure


@dataclass(frozen=True)
class NonSaturating(Loss):
    """The same discriminator; the generator maximises E log D(G(z)) (Goodfellow et al. 2014, section 3)."""

    def discriminator(self, real, fake):
        return F.softplus(-real).mean() + F.softplus(fake).mean()

    def generator(self, fake):
        return F.softplus(-fake).mean()


@dataclass(frozen=True)
class NonSaturatingR1(NonSaturating):
    """The same with a discriminator that is flat where data are, so that the game comes to rest there: the penalty R₁
    (Mescheder et al. 2018, equation 9, whose γ/2 the weight is)."""

    weight: float = 1.0

    def penalty(self, discriminate, real, fake, mix):
        """weight · E ‖∇ discriminate(x)‖² at the real pictures."""
        return self.weight * gradient_norms(discriminate, real, fake, torch.ones_like(mix)).square().mean()


@dataclass(frozen=True)
class LeastSquares(Loss):
    """Distances of the logit to 1 and 0 (Mao et al. 2017, equation 9; the generator's without its factor ½)."""

    def discriminator(self, real, fake):
        return 0.5 * (real - 1).square().mean() + 0.5 * fake.square().mean()

    def generator(self, fake):
        return (fake - 1).square().mean()


@dataclass(frozen=True)
class Hinge(Loss):
    """The discriminator stops pushing at ±1 (Lim & Ye 2017; Miyato et al. 2018, equation 16)."""

    def discriminator(self, real, fake):
        return F.relu(1 - real).mean() + F.relu(1 + fake).mean()

    def generator(self, fake):
        return -fake.mean()


@dataclass(frozen=True)
class SelfSupervised(Hinge):
    """Besides, guess how far a picture was turned: the discriminator on real pictures, the generator is to make
    pictures of which that can be told (Chen et al. 2019, equations 3 and 4, whose α and β the weights are).

    jitter: whether pictures are moved by half a pixel around before they are turned (see half_pixel_jitter). Without,
    the place of a MNIST digit tells its turn, and nothing about digits need be learned.
    """

    real_weight: float = 1.0
    fake_weight: float = 0.2
    jitter: bool = True

    def discriminator_task(self, model, real):
        return self.real_weight * self._rotation_error(model, real)

    def generator_task(self, model, fake):
        return self.fake_weight * self._rotation_error(model, fake)

    def _rotation_error(self, model, pictures):
        turned, turns = quarter_turns(half_pixel_jitter(pictures) if self.jitter else pictures)
        return F.cross_entropy(model.rotation(turned), turns)


def half_pixel_jitter(pictures):
    """Each of (N, C, H, W) moved up by a pixel or not, and left by a pixel or not, as two coins say; edges wrap.

    A picture whose middle is pixel 14 of 28 (MNIST's centres of mass) then lies half a pixel to either side of the
    middle 13.5 about which it is turned, so that where it lies says nothing about its turn.
    """
    up, left = torch.randint(2, (2, len(pictures), 1, 1, 1), device=pictures.device).bool()
    pictures = torch.where(up, pictures.roll(-1, 2), pictures)
    return torch.where(left, pictures.roll(-1, 3), pictures)


def quarter_turns(pictures):
    """The first quarter of a batch (N, C, H, H) as it is, the next ones turned anticlockwise by 90°, 180° and 270°,
    and how often each was turned (N,)."""
    turns = torch.arange(len(pictures), device=pictures.device) * 4 // max(1, len(pictures))
    parts = [pictures[turns == k].rot90(k, (2, 3)) for k in range(4)]
    return torch.cat(parts), turns


@dataclass(frozen=True)
class Wasserstein(Loss):
    """The critic's difference of means, its weights kept in [−clip, clip] (Arjovsky et al. 2017, algorithm 1)."""

    clip: float = 0.01

    def discriminator(self, real, fake):
        return fake.mean() - real.mean()

    def generator(self, fake):
        return -fake.mean()


@dataclass(frozen=True)
class WassersteinGP(Loss):
    """The same difference with its gradient held near length 1 (Gulrajani et al. 2017, equation 3)."""

    weight: float = 10.0

    def discriminator(self, real, fake):
        return fake.mean() - real.mean()

    def generator(self, fake):
        return -fake.mean()

    def penalty(self, discriminate, real, fake, mix):
        """weight · E (‖∇ discriminate(x)‖ − 1)² at x = mix·real + (1 − mix)·fake, one point between each pair."""
        return self.weight * (gradient_norms(discriminate, real, fake, mix) - 1).square().mean()


def gradient_norms(discriminate, real, fake, mix):
    """‖∇ discriminate(x)‖ (N,) at x = mix·real + (1 − mix)·fake, one point between each pair; differentiable."""
    mix = mix.view(-1, *[1] * (real.dim() - 1))
    between = (mix * real + (1 - mix) * fake).detach().requires_grad_()
    (gradient,) = torch.autograd.grad(discriminate(between).sum(), between, create_graph=True)
    return gradient.flatten(1).norm(dim=1)


LOSSES = (Minimax, NonSaturating, LeastSquares, Hinge, Wasserstein, WassersteinGP)


@torch.no_grad()
def clip_weights(parameters, bound):
    """Put every weight back into [−bound, bound]."""
    torch._foreach_clamp_min_(parameters := list(parameters), -bound)
    torch._foreach_clamp_max_(parameters, bound)
