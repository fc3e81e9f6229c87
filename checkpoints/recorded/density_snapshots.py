"""A recorded training of a discriminator of two densities, as plain values, so that it can be read without torch."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np


@dataclass(frozen=True)
class DensitySnapshot:
    """A discriminator after `step` steps: logits (seeds, G) of D on the grid, its value and its error.

    value: E_f₁ log D + E_f₀ log(1 − D) on a fresh sample, (seeds,), nats. l1: ∫ |f̂₁ − f₁| dx, (seeds,).
    """

    step: int
    steps: int
    logits: np.ndarray
    value: np.ndarray
    l1: np.ndarray

    @property
    def progress(self) -> float:
        """Share of steps done, in [0, 1]."""
        return self.step / self.steps

    def to_dict(self, digits: int = 3) -> dict:
        """JSON values, logits rounded to `digits`."""
        values, l1 = (np.round(v, 6).tolist() for v in (self.value, self.l1))
        logits = np.round(self.logits, digits).tolist()
        return {"step": self.step, "steps": self.steps, "value": values, "l1": l1, "logits": logits}

    @classmethod
    def from_dict(cls, values: dict) -> Self:
        """The snapshot of the JSON values of to_dict."""
        arrays: dict[str, Any] = {name: np.asarray(v) if isinstance(v, list) else v for name, v in values.items()}
        return cls(**arrays)
