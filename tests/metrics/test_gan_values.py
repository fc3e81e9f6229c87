"""Losses at the best discriminator against divergences, closed forms, samples, and what other discriminators reach."""

import numpy as np
import pytest
import torch

from data import toy
from metrics import divergence, gan_values
from models import adversarial

G = toy.gaussian
PAIRS = {
    "equal": (G(), G()),
    "near": (G(0, 1), G(0.5, 1)),
    "width": (G(0, 0.3), G(0.2, 3)),
    "far": (G(-6, 0.3), G(6, 0.3)),
    "two bells": (toy.mixture(G(-2, 0.5), G(2, 1)), G(0.3, 1.5)),
    "one of two": (toy.mixture(G(-4, 0.4), G(3, 0.6)), G(3, 0.6)),
}
EVERY = pytest.mark.parametrize(("p", "q"), PAIRS.values(), ids=PAIRS)


@EVERY
def test_bce_is_two_jsd_minus_log_four(p, q):
    assert gan_values.bce_value(p, q) == pytest.approx(2 * divergence.jsd(p, q) - np.log(4), abs=1e-8)


@EVERY
def test_least_squares_with_the_codes_of_the_paper_is_pearson(p, q):
    assert gan_values.least_squares_value(p, q, -1, 1, 0) == pytest.approx(gan_values.pearson(p, q), abs=1e-8)


@EVERY
@pytest.mark.parametrize(("fake", "real", "wanted"), [(0, 1, 1), (0, 1, 0.5), (-1, 1, 1), (2, -3, 0.7)])
def test_other_codes_scale_and_shift_the_divergence(p, q, fake, real, wanted):
    k = (real - wanted) - (real - fake) / 2
    expected = 2 * k**2 + (real - fake) ** 2 / 4 * gan_values.pearson(p, q)
    assert gan_values.least_squares_value(p, q, fake, real, wanted) == pytest.approx(expected, abs=1e-7)


@EVERY
def test_the_best_critic_reaches_the_wasserstein_distance(p, q):
    assert gan_values.critic_value(p, q) == pytest.approx(divergence.wasserstein(p, q), abs=1e-6)


def test_values_of_equal_and_of_distant_densities():
    assert gan_values.pearson(*PAIRS["equal"]) == pytest.approx(0, abs=1e-12)
    assert gan_values.pearson(*PAIRS["far"]) == pytest.approx(2, abs=1e-8)
    assert gan_values.bce_value(*PAIRS["far"]) == pytest.approx(0, abs=1e-8)
    assert gan_values.critic_value(*PAIRS["far"]) == pytest.approx(12, abs=1e-8)
    assert gan_values.critic_value(G(1, 2), G(1, 0.5)) == pytest.approx(1.5 * np.sqrt(2 / np.pi), abs=1e-8)


def sampled(p, q, n=200_000):
    rng = np.random.default_rng(0)
    return (d.sample(n, rng)[:, 0] for d in (p, q))


def test_losses_on_samples_agree_and_no_discriminator_beats_the_best():
    p, q = PAIRS["two bells"]
    x, y = sampled(p, q)
    best = [torch.from_numpy(gan_values.best_logits(p, q, at)) for at in (x, y)]
    loss = adversarial.NonSaturating()
    least = loss.discriminator(*best).item()
    assert -least == pytest.approx(gan_values.bce_value(p, q), abs=2e-4)
    least_squares = adversarial.LeastSquares()
    codes = [torch.from_numpy(gan_values.least_squares_best(p, q, at, 0, 1)) for at in (x, y)]
    # ½ E_p (D − 1)² + ½ E_q D² at its least is ¼ − χ²/8.
    assert least_squares.discriminator(*codes).item() == pytest.approx(0.25 - gan_values.pearson(p, q) / 8, abs=1e-4)
    for change in (lambda d: 1.1 * d, lambda d: d + 0.1, lambda d: d + 0.1 * torch.sin(d)):
        assert loss.discriminator(*(change(d) for d in best)).item() > least
        assert least_squares.discriminator(*map(change, codes)) > least_squares.discriminator(*codes)


def test_the_critic_on_samples():
    p, q = PAIRS["two bells"]
    x, y = sampled(p, q)
    critic = [torch.from_numpy(gan_values.best_critic(p, q, at)) for at in (x, y)]
    assert -adversarial.Wasserstein().discriminator(*critic).item() == pytest.approx(
        divergence.wasserstein(p, q), abs=1e-3
    )
    grid = np.linspace(-30, 30, 2001)
    slopes = np.diff(gan_values.best_critic(p, q, grid)) / np.diff(grid)
    assert np.abs(slopes).max() <= 1 + 1e-9


def test_quantile_of_a_mixture_is_the_inverse_of_its_cdf():
    p, _ = PAIRS["one of two"]
    u = np.linspace(0.001, 0.999, 999)
    assert p.cdf(p.quantile(u)) == pytest.approx(u, abs=1e-9)
    assert divergence.expectation(p, lambda x: x) == pytest.approx(-0.5, abs=1e-9)
