"""The PI controller of ControlVAE: it sets β, the weight of the KL, so that the KL stays at a set point.

    e = C − KL                                    the error, nats
    P = Kp · σ(−e)                                equals Kp / (1 + exp(e)), without its overflow
    I ← I − Ki · e     unless the last β was outside [β_min, β_max] before it was clamped
    β = clamp(P + I + β_min, β_min, β_max)

Shao et al. 2020, Algorithm 1, as in their code for dSprites. All operations are on tensors, so that nothing waits for a
device. ui/components/lib/pi_controller.js mirrors this file for the browser, and a test compares the two.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

import torch

Guard = Literal["published", "way_back", "none"]
GUARDS: tuple[Guard, ...] = get_args(Guard)
State = tuple[torch.Tensor, torch.Tensor]  # the integral I, and the last β before it was clamped


@dataclass(frozen=True)
class PIController:
    """Its settings; raises ValueError with one sentence if one of them is out of range.

    set_point: the KL to hold, nats. kp, ki: gains, per nat. guard, against an integral that keeps growing while β is
    at a bound (windup):
        "published"   the integral is frozen while the last β was outside. One step that takes it below −Kp locks it
                      there, since P alone cannot raise β again.
        "way_back"    the same, but it may always move towards the inside (conditional integration): it never locks.
        "none"        it always moves.
    """

    set_point: float
    kp: float = 0.01
    ki: float = 0.001
    beta_min: float = 1.0
    beta_max: float = 100.0
    guard: Guard = "published"

    def __post_init__(self):
        for what, value in (
            ("The set point", self.set_point),
            ("Kp", self.kp),
            ("Ki", self.ki),
            ("β_min", self.beta_min),
            ("β_max", self.beta_max),
        ):
            if not (math.isfinite(value) and value >= 0):
                why = ": a KL is never negative" if what == "The set point" else ""
                raise ValueError(f"{what} must be a number of at least 0, not {value:g}{why}.")
        if self.beta_max < self.beta_min:
            raise ValueError(f"β_max ({self.beta_max:g}) must not lie below β_min ({self.beta_min:g}).")
        if self.guard not in GUARDS:
            raise ValueError(f"The guard must be one of {', '.join(GUARDS)}, not {self.guard}.")

    def start(self, device: torch.device | str = "cpu", integral: float = 0.0) -> State:
        """The first state: (I, the last β before it was clamped), scalars on the device."""
        return torch.tensor(integral, device=device), torch.tensor(self.beta_min, device=device)

    def respond(
        self, kl: torch.Tensor, state: State, set_point: float | torch.Tensor | None = None
    ) -> tuple[torch.Tensor, State]:
        """(β, (I, β before it was clamped)) for a measured KL in nats, a tensor of any shape.

        set_point: C at this step, while it is ramped to self.set_point. For a KL that is not finite, the state is kept
        and the last β returned again, since a NaN would stay in the integral.
        """
        integral, last = state
        sound = torch.isfinite(kl)
        error = (self.set_point if set_point is None else set_point) - torch.where(sound, kl, 0.0)
        proportional = self.kp * torch.sigmoid(-error)
        change = -self.ki * error
        below, above = last < self.beta_min, last > self.beta_max
        if self.guard == "published":
            change = change.where(~(below | above), 0.0)
        elif self.guard == "way_back":
            change = change.where(~((below & (change < 0)) | (above & (change > 0))), 0.0)
        moved = integral + change
        wanted = proportional + moved + self.beta_min
        integral, wanted = torch.where(sound, moved, integral), torch.where(sound, wanted, last)
        return wanted.clamp(self.beta_min, self.beta_max), (integral, wanted)


def checked(measurements: Iterable[float]) -> torch.Tensor:
    """Measured KLs in nats as a float64 tensor (N,). Raises ValueError with one sentence if one is not a KL."""
    values = torch.as_tensor(measurements, dtype=torch.float64)
    for place, value in enumerate(values.tolist(), 1):
        if not math.isfinite(value):
            raise ValueError(f"Measurement {place} is {value}, no number of nats; the controller was not run.")
        if value < 0:
            raise ValueError(f"Measurement {place} is {value:g}, but a KL is never negative.")
    return values
