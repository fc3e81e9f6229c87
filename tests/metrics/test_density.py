"""Densities from discriminators: exact if D is optimal, and after training within the tolerance that the app shows."""

import dataclasses
import math

import numpy as np
import pytest

from checkpoints import CheckpointError, recorded
from checkpoints.recorded.critic_settings import DENSITY_SETTINGS
from checkpoints.recorded.density_snapshots import DensitySnapshot
from data.toy import gaussian, line, square, tanh_gaussian, uniform
from metrics.density import (
    GRID,
    density_from_discriminator,
    discriminator,
    l1_error,
    optimal_logits,
    optimal_value,
    value,
)
from train.live.density import DensityTraining, snapshot_steps

F1, F0 = tanh_gaussian(), gaussian()
OPTIMUM = -1.211380


def test_the_optimal_discriminator_recovers_the_density():
    logits = optimal_logits(F1, F0, GRID)
    assert density_from_discriminator(logits, F0.density(GRID)) == pytest.approx(F1.density(GRID), rel=1e-12)
    assert discriminator(logits) == pytest.approx(F1.density(GRID) / (F1.density(GRID) + F0.density(GRID)), rel=1e-9)
    assert np.trapezoid(F1.density(GRID), GRID) == pytest.approx(1, abs=1e-6)


def test_logits_keep_precision_that_probabilities_lose():
    """At x = −9 D is 1 to the last bit, so that f₀ D / (1 − D) would be infinite."""
    x = np.array([-9.0])
    wide = gaussian(0, 3)
    logits = optimal_logits(wide, F0, x)
    far = optimal_logits(gaussian(0, 30), gaussian(0, 0.5), x)
    assert discriminator(far)[0] == 1.0
    assert density_from_discriminator(far, gaussian(0, 0.5).density(x)) == pytest.approx(gaussian(0, 30).density(x))
    assert density_from_discriminator(logits, F0.density(x)) == pytest.approx(wide.density(x))
    assert density_from_discriminator([1.0], [0.0]).tolist() == [0.0]


def test_the_optimal_value_by_sampling_and_by_quadrature():
    assert optimal_value(F1, F0) == pytest.approx(OPTIMUM, abs=1e-6)
    rng = np.random.default_rng(0)
    real, fake = (optimal_logits(F1, F0, d.sample(100_000, rng)[:, 0]) for d in (F1, F0))
    assert value(real, fake) == pytest.approx(OPTIMUM, abs=1e-4)
    assert value(np.zeros(5), np.zeros(5)) == pytest.approx(-2 * math.log(2))


def test_l1_error_at_known_points():
    grid = np.linspace(-20, 20, 4001)
    assert l1_error(F0.density(grid), F0.density(grid), grid) == 0
    assert l1_error(gaussian(-8).density(grid), gaussian(8).density(grid), grid) == pytest.approx(2, abs=1e-6)
    overlap = math.erfc(0.5 / math.sqrt(2))  # total variation of N(0, 1) and N(1, 1) is 1 − overlap
    assert l1_error(gaussian(1).density(grid), F0.density(grid), grid) == pytest.approx(2 * (1 - overlap), abs=1e-4)


@pytest.fixture(scope="module")
def trained():
    training = DensityTraining()
    return training, list(training.snapshots(6))


@pytest.mark.slow
def test_a_trained_discriminator_reaches_the_density(trained):
    training, snapshots = trained
    last = snapshots[-1]
    assert last.step == DENSITY_SETTINGS.steps
    assert last.value[0] == pytest.approx(OPTIMUM, abs=1e-3)
    assert last.l1[0] == pytest.approx(0, abs=0.02)
    estimate = density_from_discriminator(last.logits[0], F0.density(training.grid))
    assert estimate == pytest.approx(F1.density(training.grid), abs=0.01)
    assert np.trapezoid(estimate, training.grid) == pytest.approx(1, abs=0.01)


@pytest.mark.slow
def test_training_starts_with_zero_logits_and_snapshots_survive_json(trained):
    _, snapshots = trained
    first = snapshots[0]
    assert first.step == 0
    assert first.value[0] == pytest.approx(-2 * math.log(2), abs=1e-6)
    assert first.logits == pytest.approx(np.zeros((1, len(GRID))), abs=1e-7)
    again = DensitySnapshot.from_dict(snapshots[-1].to_dict())
    assert again.logits == pytest.approx(snapshots[-1].logits, abs=1e-3)


def test_one_hidden_unit_is_too_few():
    training = DensityTraining(settings=dataclasses.replace(DENSITY_SETTINGS, hidden=1, width=1, steps=300))
    assert training.run().l1[0] == pytest.approx(0.3, abs=0.05)


def test_other_densities_and_several_seeds():
    settings = dataclasses.replace(DENSITY_SETTINGS, steps=300, seeds=2)
    last = DensityTraining(gaussian(0.5, 0.8), gaussian(), settings).run()
    assert last.l1 == pytest.approx(np.zeros(2), abs=0.03)
    assert last.value == pytest.approx(np.full(2, optimal_value(gaussian(0.5, 0.8), gaussian())), abs=1e-3)
    assert not np.array_equal(last.logits[0], last.logits[1])


def test_a_training_in_parts_equals_one_run():
    settings = dataclasses.replace(DENSITY_SETTINGS, steps=12, width=4)
    whole, pieces = DensityTraining(settings=settings), DensityTraining(settings=settings)
    while not pieces.finished:
        pieces.run(5)
    assert np.array_equal(whole.run().logits, pieces.snapshot().logits)


def test_snapshots_are_at_the_expected_steps():
    assert snapshot_steps(1) == [1]
    steps = snapshot_steps(1000, 20)
    assert (steps[0], steps[-1]) == (1, 1000)
    assert steps == sorted(set(steps))


@pytest.mark.parametrize("distribution", [line(), square()], ids=lambda d: d.title)
def test_a_distribution_without_a_density_is_reported_in_one_sentence(distribution):
    with pytest.raises(ValueError, match="no density on the line"):
        DensityTraining(distribution)
    assert DensityTraining(uniform(), settings=dataclasses.replace(DENSITY_SETTINGS, steps=1)).run().step == 1


def test_the_recorded_density_has_networks_of_different_sizes():
    grid, runs = recorded.density()
    errors = [snapshots[-1].l1[0] for _, snapshots in runs]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] == pytest.approx(0, abs=0.02)
    settings, snapshots = runs[-1]
    assert settings == DENSITY_SETTINGS
    assert snapshots[-1].logits.shape == (1, len(grid))
    assert snapshots[-1].value[0] == pytest.approx(OPTIMUM, abs=1e-3)


def test_a_missing_recording_is_reported():
    with pytest.raises(CheckpointError, match="is missing"):
        recorded.read("nothing")
    with pytest.raises(CheckpointError, match="no recorded training"):
        recorded.read("../fashion_vae")
