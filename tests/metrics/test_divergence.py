"""Exact divergences against closed forms; neural estimates against both, and their sweep as the app drives it."""

import dataclasses
import math

import numpy as np
import pytest
import torch

from checkpoints import recorded
from checkpoints.recorded.critic_settings import PAIR_SETTINGS, Settings
from checkpoints.recorded.sweep_snapshots import THETAS, SweepSnapshot
from data.toy import gaussian, line, square, tanh_gaussian, uniform
from metrics.divergence import LOG2, curves, jsd, wasserstein
from models.batched import BatchedMLP
from train.live.critics import Critics
from train.live.theta_sweep import Sweep

QUICK = Settings(steps=20, batch=16, width=4)


def estimates(p, q, settings=None):
    """What a discriminator and a critic make of one pair: a SweepSnapshot of one θ = 0."""
    return Sweep(p, q, (0.0,), settings).run()


@pytest.mark.parametrize(("mean", "std"), [(1.0, 1.0), (0.0, 2.0), (0.3, 2.0), (-3.0, 0.2)])
def test_wasserstein_of_two_gaussians_has_a_closed_form(mean, std):
    """W₁ = E|Δμ + Δσ Z|, the mean of a folded normal."""
    p, q, difference = gaussian(0, 1), gaussian(mean, std), abs(std - 1)
    exact = abs(mean)
    if difference:
        t = abs(mean) / difference
        exact = difference * math.sqrt(2 / math.pi) * math.exp(-t * t / 2) + abs(mean) * math.erf(t / math.sqrt(2))
    assert wasserstein(p, q) == pytest.approx(exact, abs=1e-7)
    assert wasserstein(q, p) == pytest.approx(exact, abs=1e-7)


@pytest.mark.parametrize("mean", [0.0, 0.5, 1.23])
def test_one_density_can_be_much_narrower_than_the_other(mean):
    """As the page offers it: standard deviations of 0.1 and 3; against a sum over a fine grid."""
    p, q = gaussian(0, 0.1), gaussian(mean, 3)
    x = np.union1d(np.linspace(-1, 1, 20_001), np.linspace(mean - 30, mean + 30, 60_001))
    a, b = p.pdf(x), q.pdf(x)
    kl = [y * np.log(np.maximum(y, 1e-300) / np.maximum((a + b) / 2, 1e-300)) for y in (a, b)]
    assert jsd(p, q) == pytest.approx(np.trapezoid(sum(kl) / 2, x), abs=1e-7)
    assert jsd(q, p) == pytest.approx(jsd(p, q), abs=1e-12)


@pytest.mark.parametrize(
    ("p", "q", "divergence", "distance"),
    [
        (uniform(), uniform(), 0.0, 0.0),
        (uniform(), uniform(0.25, 1.25), 0.25 * LOG2, 0.25),
        (uniform(), uniform(5, 6), LOG2, 5.0),
        (line(0), line(0), 0.0, 0.0),
        (line(0), line(-0.3), LOG2, 0.3),
        (line(0), square(), LOG2, 0.5),
        (line(0.25), square(), LOG2, (0.25**2 + 0.75**2) / 2),
        (gaussian(), gaussian(40, 1), LOG2, 40.0),
    ],
    ids=lambda value: getattr(value, "title", str(value)),
)
def test_exact_values(p, q, divergence, distance):
    assert jsd(p, q) == pytest.approx(divergence, abs=1e-9)
    assert wasserstein(p, q) == pytest.approx(distance, abs=1e-9)


def test_jsd_of_distribution_4_and_a_gaussian():
    assert jsd(tanh_gaussian(), gaussian()) == pytest.approx(0.087457, abs=1e-6)
    u = (np.arange(400_000) + 0.5) / 400_000  # W₁ again, by quantile functions
    by_quantiles = np.abs(tanh_gaussian().quantile(u) - gaussian().quantile(u)).mean()
    assert wasserstein(tanh_gaussian(), gaussian()) == pytest.approx(by_quantiles, abs=1e-6)


def test_curves_of_the_line_segments_and_their_slopes():
    columns, thetas = curves(line(), line(), THETAS), np.array(THETAS)
    assert columns["jsd"] == pytest.approx(np.where(thetas == 0, 0, LOG2), abs=1e-12)
    assert columns["wasserstein"] == pytest.approx(np.abs(thetas), abs=1e-12)
    assert columns["wasserstein_gradient"] == pytest.approx(np.sign(thetas), abs=1e-9)
    assert np.isnan(columns["jsd_gradient"][10])
    assert np.delete(columns["jsd_gradient"], 10) == pytest.approx(np.zeros(20), abs=1e-12)


def test_slopes_of_moved_gaussians():
    columns = curves(gaussian(), gaussian(), [-2.0, 0.5])
    assert columns["wasserstein_gradient"] == pytest.approx([-1, 1], abs=1e-6)
    h = 1e-3
    slope = (jsd(gaussian(), gaussian(0.5 + h)) - jsd(gaussian(), gaussian(0.5 - h))) / (2 * h)
    assert columns["jsd_gradient"][1] == pytest.approx(slope, abs=1e-6)


def test_dimensions_must_agree():
    with pytest.raises(ValueError, match="differ in dimension"):
        jsd(line(), gaussian())


# Neural estimates


@pytest.fixture(scope="module")
def sweep():
    return Sweep(line(), line()).run()


def test_the_sweep_is_within_its_tolerances(sweep):
    """On a segment of length W = |θ| the best slope s maximises sW − 10 (s − 1)²: s = 1 + W/20."""
    thetas = np.array(THETAS)
    assert sweep.jsd.shape == (1, 21)
    assert sweep.jsd[0] == pytest.approx(np.where(thetas == 0, 0, LOG2), abs=2e-4)
    assert sweep.corrected[0] == pytest.approx(np.abs(thetas), abs=2e-3)
    assert sweep.raw[0] == pytest.approx(np.abs(thetas) + thetas**2 / 20, abs=4e-3)
    assert sweep.objective[0] == pytest.approx(np.abs(thetas) + thetas**2 / 40, abs=4e-3)
    assert sweep.extrapolated[0] == pytest.approx(np.abs(thetas), abs=6e-3)


def test_gradients_for_a_generator_match_the_exact_ones(sweep):
    apart = np.arange(21) != 10
    assert sweep.jsd_gradient[0, apart] == pytest.approx(np.zeros(20), abs=5e-3)
    assert sweep.wasserstein_gradient[0, apart] == pytest.approx(np.sign(THETAS)[apart], abs=0.05)


def test_the_gradient_treats_the_critics_as_fixed():
    sweep = Sweep(gaussian(), gaussian(), (0.4,), dataclasses.replace(QUICK, steps=60))
    snapshot = sweep.run(59)
    h, values = 0.01, []
    for theta in (0.4 + h, 0.4 - h):
        sweep._theta = torch.full_like(sweep._theta, theta)
        values.append(sweep.snapshot())
    for name, slope in (("jsd", "jsd_gradient"), ("raw", "wasserstein_gradient")):
        expected = (getattr(values[0], name) - getattr(values[1], name)) / (2 * h)
        if name == "raw":
            expected = expected / snapshot.gradient_norm
        assert getattr(snapshot, slope) == pytest.approx(expected, abs=2e-3)


def test_critics_match_a_plain_loop_over_networks():
    """Same weights, same samples, same optimiser: a discriminator and a critic after ten steps of each way."""
    settings = Settings(
        steps=10,
        width=6,
        hidden=2,
        optimiser="sgd",
        learning_rate=0.1,
        decay=False,
        standardise=False,
        zero_start=False,
    )
    rng = np.random.default_rng(0)
    x, y = (torch.from_numpy(rng.normal(size=(2, 32, 2))).float() + shift for shift in (0, 1))
    z = (x[1:] + y[1:]) / 2
    both = Critics(x, y, 1, settings, torch.Generator().manual_seed(0))
    judge, critic = both.net.member(0), both.net.member(1)
    steps = torch.optim.SGD([*judge.parameters(), *critic.parameters()], 0.1)

    def twin():
        jsd_value = LOG2 + 0.5 * torch.log(judge(x[0]).sigmoid()).mean()
        jsd_value = jsd_value + 0.5 * torch.log(1 - judge(y[0]).sigmoid()).mean()
        points = z[0].clone().requires_grad_()
        (gradient,) = torch.autograd.grad(critic(points).sum(), points, create_graph=True)
        norm = gradient.norm(dim=1)
        return jsd_value, critic(x[1]).mean() - critic(y[1]).mean(), (norm - 1).square().mean(), norm.mean()

    for _ in range(10):
        both.step(x, y, z)
        jsd_value, raw, penalty, _ = twin()
        steps.zero_grad()
        (-jsd_value - raw + settings.penalty * penalty).backward()
        steps.step()
    found = [value.item() for value in both.values(x, y, z)]
    assert found == pytest.approx([value.item() for value in twin()], abs=1e-5)


@pytest.mark.slow
def test_scaled_inputs_keep_the_units_of_a_critics_slope():
    """T is 1-Lipschitz in the units of the samples: a distance of 30 comes out as 30, a hundredth as a hundredth."""
    for size, penalty in ((0.01, 10.0), (30.0, 100.0)):
        p, q = uniform(0, 0.1 * size), uniform(size, 1.1 * size)
        found = estimates(p, q, Settings(penalty=penalty))
        assert found.corrected[0, 0] == pytest.approx(size, rel=0.02)


@pytest.mark.parametrize("theta", [0.0, 0.8])
def test_estimates_of_two_gaussians_and_of_equal_ones(theta):
    p, q = gaussian(), gaussian(theta)
    settings = Settings(seeds=2, batch=128)
    found = estimates(p, q, settings)
    assert found.jsd[:, 0] == pytest.approx(np.full(2, jsd(p, q)), abs=1.5e-3)
    assert found.corrected[:, 0] == pytest.approx(np.full(2, theta), abs=0.02)


@pytest.mark.slow
def test_only_a_one_sided_penalty_allows_a_critic_whose_slope_changes_sign():
    """W₁ of N(0, 1) and N(0, 4) is √(2/π); their means are equal, and most critics settle for that otherwise."""
    p, q, settings = gaussian(), gaussian(0, 2), dataclasses.replace(PAIR_SETTINGS, seeds=10)
    found, exact = estimates(p, q, settings), np.full(10, math.sqrt(2 / math.pi))
    assert found.extrapolated[:, 0] == pytest.approx(exact, abs=0.03)
    assert found.corrected[:, 0] == pytest.approx(exact, abs=0.06)
    stuck = estimates(p, q, dataclasses.replace(settings, one_sided=False))
    assert np.median(stuck.corrected) == pytest.approx(0, abs=0.1)


@pytest.mark.slow
def test_any_sampler_can_be_used():
    def cube(n, rng):
        return rng.random((n, 3))

    def moved(n, rng):
        return cube(n, rng) + np.array([2.0, 0.0, 0.0])

    found = estimates(cube, moved)
    assert found.jsd[0, 0] == pytest.approx(LOG2, abs=1e-3)
    assert found.corrected[0, 0] == pytest.approx(2.0, abs=0.05)


def test_interleaved_and_stopped_runs_do_not_affect_each_other():
    whole = Sweep(line(), line(), settings=QUICK).run()
    pieces, other = Sweep(line(), line(), settings=QUICK), Sweep(line(), square(), settings=QUICK)
    torch.manual_seed(7)
    while not pieces.finished:
        pieces.run(3)
        other.run(2)  # and never finished: that is a stop
        torch.rand(1)
    assert (pieces.step, other.step) == (20, 14)
    assert np.array_equal(pieces.snapshot().jsd, whole.jsd)
    assert np.array_equal(pieces.snapshot().corrected, whole.corrected)
    assert pieces.run().step == 20  # nothing is left


def test_no_global_state_is_changed():
    torch.manual_seed(3)
    np.random.seed(3)
    before = torch.get_rng_state(), np.random.get_state()[1].copy()
    threads = torch.get_num_threads()
    Sweep(line(), line(), settings=QUICK).run()
    assert torch.get_num_threads() == threads
    assert torch.equal(before[0], torch.get_rng_state())
    assert np.array_equal(before[1], np.random.get_state()[1])


def test_seeds_differ_and_their_spread_is_reported():
    snapshot = Sweep(line(), line(), (0.5,), dataclasses.replace(QUICK, seeds=3)).run()
    values = snapshot.corrected[:, 0]
    assert len(set(values.tolist())) == 3
    assert snapshot.mean("corrected")[0] == pytest.approx(values.mean())
    assert snapshot.spread("corrected")[0] == pytest.approx(values.std(ddof=1))
    assert np.isnan(Sweep(line(), line(), (0.5,), QUICK).snapshot().spread("jsd")).all()


def test_snapshots_come_at_even_steps_and_survive_json():
    sweep = Sweep(line(), line(), (-1.0, 1.0), QUICK)
    snapshots = list(sweep.snapshots(every=8))
    assert [s.step for s in snapshots] == [0, 8, 16, 20]
    assert [s.progress for s in snapshots] == pytest.approx([0, 0.4, 0.8, 1])
    assert snapshots[0].jsd == pytest.approx(np.zeros((1, 2)), abs=1e-7)  # the last layer starts at 0
    again = SweepSnapshot.from_dict(snapshots[-1].to_dict())
    assert again.corrected == pytest.approx(snapshots[-1].corrected, abs=1e-6)
    columns = again.columns()
    assert columns["theta"].tolist() == [-1, 1]
    assert {len(column) for column in columns.values()} == {2}


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"penalty": 0}, "λ must lie between .* not 0; without a penalty"),
        ({"penalty": math.nan}, "λ must lie between"),
        ({"steps": 0}, "steps must lie between 1 and 20,000, not 0"),
        ({"steps": 1_000_000}, "steps must lie between 1 and 20,000, not 1,000,000"),
        ({"steps": 2.5}, "whole number"),
        ({"batch": 1}, "batch must lie"),
        ({"width": 0}, "width must lie"),
        ({"learning_rate": math.inf}, "learning rate must lie"),
        ({"seed": -1}, "seed must lie"),
        ({"activation": "swish"}, "tanh, softplus or relu"),
        ({"optimiser": "lion"}, "adam or sgd"),
    ],
)
def test_bad_settings_are_reported_in_one_sentence(setting, sentence):
    with pytest.raises(ValueError, match=sentence):
        Settings(**setting)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"thetas": (math.nan,)}, "θ must be"),
        ({"thetas": ()}, "θ must be"),
        ({"thetas": np.zeros(500)}, "θ must be"),
        ({"q": gaussian()}, "2 and 1 coordinates"),
        ({"q": lambda n, rng: np.full((n, 2), math.nan)}, "not finite"),
        ({"q": lambda n, rng: np.zeros(n)}, "rows of"),
        ({"settings": Settings(steps=20_000, batch=4096, width=256, hidden=3)}, "few minutes"),
    ],
)
def test_bad_sweeps_are_reported_in_one_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        Sweep(**{"p": line(), "q": line(), "settings": QUICK, **arguments})


def test_a_diverging_training_is_reported():
    wild = Settings(steps=50, learning_rate=1.0, penalty=1000.0, optimiser="sgd", activation="relu", decay=False)
    wild = dataclasses.replace(wild, zero_start=False)
    with pytest.raises(FloatingPointError, match="smaller learning rate"):
        Sweep(gaussian(), gaussian(5), (0.0,), wild).run()


def test_the_recorded_sweep_can_be_shown_by_the_page():
    settings, snapshots = recorded.theta_sweep()
    assert settings == Settings(seeds=5)
    assert snapshots[0].step == 0
    assert snapshots[-1].progress == 1
    thetas = np.array(THETAS)
    truth = np.tile(np.where(thetas == 0, 0, LOG2), (5, 1))
    assert snapshots[-1].jsd == pytest.approx(truth, abs=2e-4)
    assert snapshots[-1].corrected == pytest.approx(np.tile(np.abs(thetas), (5, 1)), abs=2e-3)


def test_one_model_has_all_42_networks():
    sweep = Sweep(line(), line(), settings=QUICK)
    assert isinstance(sweep._critics.net, BatchedMLP)
    assert len(sweep._critics.net.weights[0]) == 42
