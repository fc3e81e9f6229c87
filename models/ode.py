"""Solvers of dx/dt = field(x, t) with equal steps. In all functions x is (N, …), t and h are floats.

solver(field, x, t, h) -> x at t + h; `evaluations` of the field per step. A negative h goes backwards in time. Global
error O(h) for Euler, O(h²) for midpoint and Heun (Hairer, Nørsett & Wanner 1993, section II.1).

A field may have a limit: a time at which it is not defined, such as t = 1 for the velocity (picture − x) / (1 − t) of a
denoiser. The step that ends there is an Euler step (Karras et al. 2022, algorithm 1), which does not lower the order: a
single Euler step has an error of O(h²). A step that starts there is the inverse of that step.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from torch import Tensor

ROUNDS = 2  # the same number of evaluations as a step of the midpoint rule
Field = Callable[[Tensor, float], Tensor]


def euler(field: Field, x: Tensor, t: float, h: float) -> Tensor:
    """Along the velocity at the start."""
    return x + h * field(x, t)


def midpoint(field: Field, x: Tensor, t: float, h: float) -> Tensor:
    """Along the velocity in the middle of Euler's step."""
    return x + h * field(x + h / 2 * field(x, t), t + h / 2)


def heun(field: Field, x: Tensor, t: float, h: float) -> Tensor:
    """Along the mean of the velocities at both ends of Euler's step."""
    first = field(x, t)
    return x + h / 2 * (first + field(x + h * first, t + h))


def inverse_euler(field: Field, x: Tensor, t: float, h: float) -> Tensor:
    """The y at t + h from which an Euler step leads to x: y = x + h · field(y, t + h), by fixed-point iteration.

    ROUNDS iterations from y = x. This is implicit Euler, and has its order.
    """
    y = x
    for _ in range(ROUNDS):
        y = x + h * field(y, t + h)
    return y


class Solver(NamedTuple):
    """step: one of the functions above. evaluations: of the field in a step."""

    step: Callable[[Field, Tensor, float, float], Tensor]
    evaluations: int


SOLVERS = {"euler": Solver(euler, 1), "midpoint": Solver(midpoint, 2), "heun": Solver(heun, 2)}


def evaluations(solver: str, steps: int, limited: bool = False) -> int:
    """Evaluations of the field on a path. limited: whether it ends at the field's limit, with an Euler step."""
    each = SOLVERS[solver].evaluations
    return each * steps - (each - 1 if limited else 0)


def path(
    field: Field,
    x: Tensor,
    start: float,
    end: float,
    steps: int,
    solver: str = "heun",
    limit: float | None = None,
) -> Iterator[Tensor]:
    """x (N, ...) at `start` and after each of `steps` equal steps: `steps` + 1 tensors, the last of them x at `end`.

    limit: `start` or `end`, if the field must not be evaluated there. Raises ValueError if `steps` is not a positive
    whole number, and for an unknown solver.
    """
    if not float(steps).is_integer() or steps < 1:
        raise ValueError(f"A path needs at least one whole step, and not {steps}.")
    if solver not in SOLVERS:
        raise ValueError(f"There is no solver {solver}; there are {', '.join(SOLVERS)}.")
    step, h = SOLVERS[solver].step, (end - start) / steps
    yield x
    for k in range(int(steps)):
        if k == 0 and start == limit:
            x = inverse_euler(field, x, start, h)
        elif k == steps - 1 and end == limit:
            x = euler(field, x, start + k * h, h)
        else:
            x = step(field, x, start + k * h, h)
        yield x


def solve(
    field: Field,
    x: Tensor,
    start: float,
    end: float,
    steps: int,
    solver: str = "heun",
    limit: float | None = None,
) -> Tensor:
    """x at time `end`, from x (N, ...) at time `start`, in `steps` equal steps; the rest as in `path`."""
    for place in path(field, x, start, end, steps, solver, limit):
        x = place
    return x
