"""Adversarial losses at points computed by hand, their gradients, the gradient penalty and clipping."""

import math

import pytest
import torch

from models import adversarial
from models.adversarial import Hinge, LeastSquares, Minimax, NonSaturating, NonSaturatingR1, Wasserstein, WassersteinGP

# Real logit log 3, so that D = 3/4, and fake logits log 1/3 and log 2, so that D = 1/4 and 2/3.
REAL, FAKE = math.log(3), (-math.log(3), math.log(2))
VALUES = {
    Minimax: (math.log(4 / 3) + (math.log(4 / 3) + math.log(3)) / 2, (math.log(3 / 4) + math.log(1 / 3)) / 2),
    NonSaturating: (math.log(4 / 3) + (math.log(4 / 3) + math.log(3)) / 2, (math.log(4) + math.log(3 / 2)) / 2),
    LeastSquares: (
        (REAL - 1) ** 2 / 2 + (FAKE[0] ** 2 + FAKE[1] ** 2) / 4,
        ((FAKE[0] - 1) ** 2 + (FAKE[1] - 1) ** 2) / 2,
    ),
    Hinge: (0 + (0 + 1 + FAKE[1]) / 2, -sum(FAKE) / 2),  # 1 − log 3 and 1 + log 1/3 are below zero
    Wasserstein: (sum(FAKE) / 2 - REAL, -sum(FAKE) / 2),
    WassersteinGP: (sum(FAKE) / 2 - REAL, -sum(FAKE) / 2),
}
# d loss.generator / d logit for one picture whose D(x) = 1/4
GENERATOR_PULL = {
    Minimax: -1 / 4,
    NonSaturating: -3 / 4,
    LeastSquares: 2 * (FAKE[0] - 1),
    Hinge: -1.0,
    Wasserstein: -1.0,
    WassersteinGP: -1.0,
}
# d loss.discriminator / d real logit where D(x) = 3/4
DISCRIMINATOR_PULL = {
    Minimax: -1 / 4,
    NonSaturating: -1 / 4,
    LeastSquares: REAL - 1,
    Hinge: 0.0,
    Wasserstein: -1.0,
    WassersteinGP: -1.0,
}


@pytest.mark.parametrize("loss", adversarial.LOSSES)
def test_values_by_hand(loss):
    real, fake = torch.tensor([REAL]), torch.tensor(FAKE)
    discriminator, generator = VALUES[loss]
    assert loss().discriminator(real, fake).item() == pytest.approx(discriminator, abs=1e-6)
    assert loss().generator(fake).item() == pytest.approx(generator, abs=1e-6)


@pytest.mark.parametrize("loss", adversarial.LOSSES)
def test_gradients_by_hand(loss):
    real, fake = torch.tensor([REAL], requires_grad=True), torch.tensor([FAKE[0]], requires_grad=True)
    loss().generator(fake).backward()
    assert fake.grad.item() == pytest.approx(GENERATOR_PULL[loss], abs=1e-6)
    loss().discriminator(real, fake.detach()).backward()
    assert real.grad.item() == pytest.approx(DISCRIMINATOR_PULL[loss], abs=1e-6)


@pytest.mark.parametrize("length", [0.5, 1.0, 3.0])
def test_penalty_of_a_linear_critic(length):
    weight = torch.tensor([0.6, 0.8]) * length
    real, fake, mix = torch.randn(5, 2), torch.randn(5, 2), torch.rand(5)
    penalty = WassersteinGP(weight=10.0).penalty(lambda x: x @ weight, real, fake, mix)
    assert penalty.item() == pytest.approx(10 * (length - 1) ** 2, abs=1e-5)


def test_penalty_is_taken_between_the_pairs():
    """discriminate(x) = x²/2 has gradient x: at mix 1/4 between 4 and 0 that is 1, where the penalty vanishes."""
    real, fake = torch.full((3, 1), 4.0), torch.zeros(3, 1)
    for mix, expected in ((0.25, 0.0), (1.0, 9.0), (0.0, 1.0)):
        penalty = WassersteinGP(weight=1.0).penalty(lambda x: x.square().sum(1) / 2, real, fake, torch.full((3,), mix))
        assert penalty.item() == pytest.approx(expected, abs=1e-6)


def test_penalty_moves_the_critic():
    weight = torch.tensor([3.0], requires_grad=True)
    WassersteinGP(weight=1.0).penalty(
        lambda x: x @ weight, torch.ones(4, 1), torch.zeros(4, 1), torch.rand(4)
    ).backward()
    assert weight.grad.item() == pytest.approx(2 * (3 - 1), abs=1e-6)


def test_r1_is_the_slope_at_real_pictures_alone():
    """discriminate(x) = x²/2 has gradient x: ±3 at the real pictures, whatever the fakes and the mix are."""
    real, fake, loss = torch.tensor([[3.0], [-3.0]]), torch.full((2, 1), 50.0), NonSaturatingR1(weight=0.5)
    penalty = loss.penalty(lambda x: x.square().sum(1) / 2, real, fake, torch.rand(2))
    assert penalty.item() == pytest.approx(0.5 * 9, rel=1e-6)
    slope = torch.tensor([3.0], requires_grad=True)
    loss.penalty(lambda x: x @ slope, real, fake, torch.rand(2)).backward()
    assert slope.grad.item() == pytest.approx(0.5 * 2 * 3, rel=1e-6)
    logits = torch.tensor([0.3, -2.0])
    assert loss.discriminator(logits, logits) == NonSaturating().discriminator(logits, logits)
    assert loss.generator(logits) == NonSaturating().generator(logits)


@pytest.mark.parametrize("loss", [Minimax, NonSaturating, LeastSquares, Hinge, Wasserstein])
def test_the_others_have_no_penalty(loss):
    assert loss().penalty(None, torch.ones(2, 2), torch.ones(2, 2), torch.ones(2)).item() == 0


def test_clipping():
    layer = torch.nn.Linear(3, 2)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[-2.0, 0.005, 0.3], [0.01, -0.01, 0.0]]))
    Wasserstein(clip=0.01).constrain(layer.parameters())
    expected = torch.tensor([[-0.01, 0.005, 0.01], [0.01, -0.01, 0.0]])
    assert torch.equal(layer.weight, expected)
    assert layer.bias.abs().max() <= 0.01
    assert Wasserstein().clip == 0.01


@pytest.mark.parametrize("loss", [Minimax, NonSaturating, NonSaturatingR1, LeastSquares, Hinge, WassersteinGP])
def test_the_others_leave_the_weights_alone(loss):
    weights = torch.nn.Parameter(torch.tensor([-5.0, 0.0, 5.0]))
    loss().constrain([weights])
    assert weights.tolist() == [-5.0, 0.0, 5.0]


@pytest.mark.parametrize("loss", [*adversarial.LOSSES, NonSaturatingR1])
def test_a_loss_has_a_name_and_a_formula_for_each_of_its_terms(loss):
    """The formulas are LaTeX of the page; that terms and slopes are right is held there against derivatives by hand."""
    assert loss.title
    assert all(len(pair) == 2 and all(pair) for pair in loss.latex)
    a = torch.tensor([-2.0, 0.5, 3.0])
    assert loss().discriminator(a, a + 1) == loss().real_term(a).mean() + loss().fake_term(a + 1).mean()
    assert loss().generator(a) == loss().generator_term(a).mean()
