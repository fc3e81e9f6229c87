"""Solvers against the exponential, their orders, and scipy."""

import math

import numpy as np
import pytest
import torch
from scipy.integrate import solve_ivp

from models.ode import SOLVERS, evaluations, path, solve

ONE = torch.ones(1, 1, dtype=torch.float64)


def error(solver, steps):
    """Of x at 1, where dx/dt = x · cos t and x = 1 at 0."""
    end = solve(lambda x, t: x * math.cos(t), ONE, 0, 1, steps, solver)
    return abs(end.item() - math.exp(math.sin(1)))


@pytest.mark.parametrize(("solver", "order"), [("euler", 1), ("midpoint", 2), ("heun", 2)])
def test_halving_the_step_reduces_the_error_by_the_order(solver, order):
    assert error(solver, 400) / error(solver, 800) == pytest.approx(2**order, rel=0.02)


@pytest.mark.parametrize("solver", SOLVERS)
def test_evaluations_are_counted_and_times_are_between_the_ends(solver):
    times = []

    def field(x, t):
        times.append(t)
        return x

    solve(field, ONE, 0, 1, 7, solver)
    assert len(times) == 7 * SOLVERS[solver].evaluations
    assert min(times) == 0
    assert max(times) <= 1 + 1e-12


def test_a_rotating_field_gives_the_solution_of_scipy():
    turn = torch.tensor([[0.3, -2.0], [2.0, 0.1]], dtype=torch.float64)
    start = torch.randn(5, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    ours = solve(lambda x, t: (x @ turn.T) * t, start, 0, 1.5, 2000)
    theirs = [
        solve_ivp(lambda t, x: turn.numpy() @ x * t, (0, 1.5), row, rtol=1e-10, atol=1e-12).y[:, -1]
        for row in start.numpy()
    ]
    assert np.abs(ours.numpy() - np.array(theirs)).max() < 1e-5


@pytest.mark.parametrize("solver", SOLVERS)
def test_integrating_backwards_returns_to_the_start(solver):
    there = solve(lambda x, t: x.sin() * (1 + t), ONE, 0, 1, 3000, solver)
    back = solve(lambda x, t: x.sin() * (1 + t), there, 1, 0, 3000, solver)
    assert back.item() == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize(("start", "end"), [(0, 1), (1, 0)])
def test_a_field_is_not_evaluated_at_its_limit(solver, start, end):
    times = []

    def field(x, t):
        times.append(t)
        return x

    solve(field, ONE, start, end, 5, solver, limit=1)
    assert max(times) <= 0.9
    if end == 1:
        assert len(times) == evaluations(solver, 5, limited=True) == {"euler": 5}.get(solver, 9)
    assert evaluations(solver, 5) == {"euler": 5}.get(solver, 10)


@pytest.mark.parametrize("solver", ["midpoint", "heun"])
def test_a_last_euler_step_keeps_the_order(solver):
    """The local error of one step is O(h²), as that of the whole path."""

    def error_of(steps):
        end = solve(lambda x, t: x * math.cos(t), ONE, 0, 1, steps, solver, limit=1)
        return abs(end.item() - math.exp(math.sin(1)))

    assert error_of(400) / error_of(800) == pytest.approx(4, rel=0.02)


def test_the_step_from_the_limit_is_the_inverse_of_the_step_to_it():
    """dx/dt = a·x: Euler's step multiplies by 1 + ah, and the iteration sums the first terms of 1 / (1 + ah)."""
    a, h = 0.3, 0.1
    forwards = solve(lambda x, t: a * x, ONE, 0.9, 1, 1, "midpoint", limit=1)
    assert forwards.item() == pytest.approx(1 + a * h)
    back = solve(lambda x, t: a * x, ONE, 1, 0.9, 1, "midpoint", limit=1)
    assert back.item() == pytest.approx(1 - a * h + (a * h) ** 2)


@pytest.mark.parametrize("steps", [0, -1, 2.5, math.inf, math.nan])
def test_invalid_numbers_of_steps_are_refused(steps):
    with pytest.raises(ValueError, match=f"at least one whole step, and not {steps}"):
        solve(lambda x, t: x, ONE, 0, 1, steps)


def test_an_unknown_solver_is_refused_with_a_list_of_known_ones():
    with pytest.raises(ValueError, match="no solver rk45; there are euler, midpoint, heun"):
        solve(lambda x, t: x, ONE, 0, 1, 1, "rk45")


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_path_of_constant_velocity_is_a_straight_line(solver):
    places = [x.item() for x in path(lambda x, t: torch.full_like(x, 3.0), ONE, 1, 0, 4, solver)]
    assert places == pytest.approx([1, 0.25, -0.5, -1.25, -2])
