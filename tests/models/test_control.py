"""The PI controller against closed forms: constant error, saturation, windup, huge errors, and what is no number."""

import math

import pytest
import torch

from models.control import GUARDS, PIController, checked


def run(controller, measurements, **options):
    """β, I and β before it was clamped after every measurement, each a list."""
    state, told = controller.start(**options), []
    for kl in measurements:
        beta, state = controller.respond(torch.tensor(float(kl)), state)
        told.append((beta.item(), state[0].item(), state[1].item()))
    return [list(column) for column in zip(*told, strict=True)]


@pytest.mark.parametrize("error", [-3.0, -0.5, 0.0])
@pytest.mark.parametrize("guard", GUARDS)
def test_a_constant_error_gives_a_straight_line(error, guard):
    """Inside the bounds β(n) = β_min + Kp σ(−e) − n Ki e."""
    controller = PIController(8.0, kp=0.01, ki=0.001, beta_min=1.0, guard=guard)
    beta, integral, _ = run(controller, [8.0 - error] * 200)
    sigmoid = 1 / (1 + math.exp(error))
    for n in (1, 2, 77, 200):
        assert integral[n - 1] == pytest.approx(-n * 0.001 * error, abs=1e-5)
        assert beta[n - 1] == pytest.approx(1 + 0.01 * sigmoid - n * 0.001 * error, abs=1e-5)


def test_nothing_changes_at_the_set_point():
    beta, integral, _ = run(PIController(14.0, kp=0.02), [14.0] * 5)
    assert integral == [0.0] * 5
    assert beta == pytest.approx([1.01] * 5)  # Kp σ(0) = Kp / 2


def test_saturation_at_both_ends():
    controller = PIController(8.0, kp=0.01, ki=0.1, beta_min=1.0, beta_max=3.0)
    assert run(controller, [6.0] * 50)[0] == [1.0] * 50
    assert run(controller, [18.0] * 50)[0][-1] == 3.0


def test_the_published_guard_stops_the_integral_one_step_outside_the_bounds():
    """With e = −10 and Ki = 0.1 the integral is n, β = 1 + Kp + n: the first one above 3 is the second step's."""
    controller = PIController(8.0, kp=0.01, ki=0.1, beta_min=1.0, beta_max=3.0)
    beta, integral, wanted = run(controller, [18.0] * 50)
    assert integral == pytest.approx([1.0] + [2.0] * 49)
    assert wanted[1:] == pytest.approx([3.01] * 49, abs=1e-5)
    assert beta[1:] == [3.0] * 49


def test_windup_delays_the_return_by_the_accumulated_error():
    """50 steps of e = −10 wind I up to 50; e = 4 then takes 0.4 a step, so β leaves its bound after 120 of them."""
    controller = PIController(8.0, kp=0.0, ki=0.1, beta_min=1.0, beta_max=3.0, guard="none")
    beta, integral, _ = run(controller, [18.0] * 50 + [4.0] * 130)
    assert integral[49] == pytest.approx(50.0)
    assert beta[50:169] == [3.0] * 119
    assert beta[171] < 3.0
    guarded = PIController(8.0, kp=0.0, ki=0.1, beta_min=1.0, beta_max=3.0, guard="way_back")
    beta, integral, _ = run(guarded, [18.0] * 50 + [4.0] * 4)
    assert max(integral) <= 3.0 + 1e-5  # one step beyond, no further
    assert beta[53] < 3.0


def test_the_published_guard_can_lock_at_either_bound_and_the_open_guard_cannot():
    """One step from KL 0 carries I to −0.014, below −Kp: P cannot lift β to β_min again, whatever is measured."""
    fed = [0.0] + [30.0] * 100
    beta, integral, wanted = run(PIController(14.0), fed)
    assert integral == pytest.approx([-0.014] * 101)
    assert max(wanted) < 1.0
    assert beta == [1.0] * 101
    beta, integral, _ = run(PIController(14.0, guard="way_back"), fed)
    assert integral[-1] == pytest.approx(-0.014 + 100 * 0.016, abs=1e-4)
    assert beta[-1] == pytest.approx(1 + 0.01 - 0.014 + 1.6, abs=1e-4)


@pytest.mark.parametrize("guard", GUARDS)
@pytest.mark.parametrize("kl", [1e6, 0.0])
def test_huge_errors_do_not_overflow(guard, kl):
    """±1e6 in float32: exp would be infinite, the sigmoid is 1 or 0."""
    controller = PIController(1e6 if kl == 0.0 else 0.0, ki=1e-9, guard=guard)
    beta, integral, wanted = run(controller, [kl])
    share = 1.0 if kl else 0.0
    assert integral[0] == pytest.approx(-0.001 if kl == 0.0 else 0.001)
    assert wanted[0] == pytest.approx(1 + 0.01 * share + integral[0], abs=1e-6)
    assert all(math.isfinite(v) for v in (beta[0], integral[0]))


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_measurements_that_are_not_numbers_change_nothing(odd):
    controller = PIController(8.0)
    with_it, without = run(controller, [10, 11, odd, 12]), run(controller, [10, 11, 12])
    for column, expected in zip(with_it, without, strict=True):
        assert column == [expected[0], expected[1], column[1], expected[2]]


def test_unreachable_set_points_end_at_the_bounds():
    assert run(PIController(0.0, ki=0.1, beta_max=50.0), [5.0] * 200)[0][-1] == 50.0
    beta, _, _ = run(PIController(1000.0), [14.0] * 200)
    assert beta == [1.0] * 200


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"set_point": -3.0}, "never negative"),
        ({"set_point": math.nan}, "set point must be a number"),
        ({"set_point": 8.0, "kp": -1.0}, "Kp must be"),
        ({"set_point": 8.0, "ki": math.inf}, "Ki must be"),
        ({"set_point": 8.0, "beta_min": 2.0, "beta_max": 1.0}, "must not lie below"),
        ({"set_point": 8.0, "guard": "some"}, "one of published"),
    ],
)
def test_impossible_settings_are_refused(settings, words):
    with pytest.raises(ValueError, match=words):
        PIController(**settings)


def test_several_controllers_at_once_match_single_ones():
    """A tensor of KLs is controlled element by element."""
    controller, fed = PIController(8.0, guard="way_back"), torch.rand(30, 4, generator=torch.manual_seed(0)) * 20
    state = tuple(part.repeat(4) for part in controller.start())
    for kl in fed:
        beta, state = controller.respond(kl, state)
    for k in range(4):
        assert beta[k].item() == run(controller, fed[:, k].tolist())[0][-1]


@pytest.mark.parametrize(
    ("measured", "words"), [([3.0, math.nan], "Measurement 2 is nan"), ([math.inf], "is inf"), ([-1.0], "negative")]
)
def test_entered_measurements_are_checked(measured, words):
    with pytest.raises(ValueError, match=words):
        checked(measured)


def test_valid_measurements_are_accepted():
    assert checked([0, 8.5]).tolist() == [0.0, 8.5]
