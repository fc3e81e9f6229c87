"""Adversarial losses and their slopes against derivatives taken by hand, the gradient penalty and clipping."""

import numpy as np
import pytest
import torch
from scipy.special import expit

from models import adversarial
from models.adversarial import Hinge, LeastSquares, Minimax, NonSaturating, NonSaturatingR1, Wasserstein, WassersteinGP

A = np.array([-30.0, -4.0, -1.5, 0.0, 0.5, 3.0, 30.0])  # logits
ONE = np.ones_like(A)
TERMS = ("real", "fake", "generator")
BCE = {"real": (np.logaddexp(0, -A), -expit(-A)), "fake": (np.logaddexp(0, A), expit(A))}
MEANS = {"real": (-A, -ONE), "fake": (A, ONE), "generator": (-A, -ONE)}
BY_HAND = {  # loss: {term: (value, derivative) at the logits A}
    Minimax: BCE | {"generator": (-np.logaddexp(0, A), -expit(A))},
    NonSaturating: BCE | {"generator": BCE["real"]},
    LeastSquares: {"real": ((A - 1) ** 2 / 2, A - 1), "fake": (A**2 / 2, A), "generator": ((A - 1) ** 2, 2 * (A - 1))},
    Hinge: {
        "real": (np.maximum(0, 1 - A), np.where(A < 1, -1.0, 0.0)),
        "fake": (np.maximum(0, 1 + A), np.where(A > -1, 1.0, 0.0)),
        "generator": (-A, -ONE),
    },
    Wasserstein: MEANS,
    WassersteinGP: MEANS,
}


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("loss", adversarial.LOSSES)
def test_values_and_slopes_by_hand(loss, term):
    a = torch.tensor(A, requires_grad=True)
    values = getattr(loss(), f"{term}_term")(a)
    values.sum().backward()
    value, slope = BY_HAND[loss][term]
    assert values.tolist() == pytest.approx(value, rel=1e-12, abs=1e-20)
    assert a.grad.tolist() == pytest.approx(slope, rel=1e-12, abs=1e-20)


@pytest.mark.parametrize("length", [0.5, 1.0, 3.0])
def test_penalty_of_a_linear_critic(length):
    weight = torch.tensor([0.6, 0.8]) * length
    real, fake, mix = torch.randn(5, 2), torch.randn(5, 2), torch.rand(5)
    penalty = WassersteinGP(weight=10.0).penalty(lambda x: x @ weight, real, fake, mix)
    assert penalty.item() == pytest.approx(10 * (length - 1) ** 2, abs=1e-5)


def test_the_penalty_is_computed_at_mixtures_of_the_pairs():
    """discriminate(x) = x²/2 has gradient x: at mix 1/4 between 4 and 0 that is 1, where the penalty vanishes."""
    real, fake = torch.full((3, 1), 4.0), torch.zeros(3, 1)
    for mix, expected in ((0.25, 0.0), (1.0, 9.0), (0.0, 1.0)):
        penalty = WassersteinGP(weight=1.0).penalty(lambda x: x.square().sum(1) / 2, real, fake, torch.full((3,), mix))
        assert penalty.item() == pytest.approx(expected, abs=1e-6)


def test_the_penalty_has_a_gradient_for_the_critic():
    weight = torch.tensor([3.0], requires_grad=True)
    WassersteinGP(weight=1.0).penalty(
        lambda x: x @ weight, torch.ones(4, 1), torch.zeros(4, 1), torch.rand(4)
    ).backward()
    assert weight.grad.item() == pytest.approx(2 * (3 - 1), abs=1e-6)


def test_r1_is_the_slope_at_real_pictures_only():
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
def test_other_losses_have_no_penalty(loss):
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
def test_other_losses_do_not_change_the_weights(loss):
    weights = torch.nn.Parameter(torch.tensor([-5.0, 0.0, 5.0]))
    loss().constrain([weights])
    assert weights.tolist() == [-5.0, 0.0, 5.0]


@pytest.mark.parametrize("loss", [*adversarial.LOSSES, NonSaturatingR1])
def test_a_loss_has_a_name_and_a_formula_for_each_of_its_terms(loss):
    """The formulas are LaTeX of the page; that terms and slopes are right is held there against derivatives by hand."""
    assert loss.title
    assert all(len(pair) == 2 and all(pair) for pair in loss.latex)
    a = torch.tensor([-2.0, 0.5, 3.0])
    assert loss().discriminator(a, a[1:]) == loss().real_term(a).mean() + loss().fake_term(a[1:]).mean()
    assert loss().generator(a) == loss().generator_term(a).mean()
