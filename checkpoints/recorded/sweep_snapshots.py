"""A recorded training of critics over θ, as plain values, so that it can be read without torch."""

import dataclasses
import math
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

THETAS = tuple(k / 10 for k in range(-10, 11))


@dataclass(frozen=True)
class SweepSnapshot:
    """Estimates after `step` steps, each an array (seeds, thetas).

    jsd: nats. raw: E_p T − E_q T of the penalised critic. objective: raw minus the penalty term. corrected: raw divided
    by gradient_norm, the mean of ‖∇T(z)‖ (of max(‖∇T(z)‖, 1) if the penalty is one-sided). extrapolated:
    2 objective − raw (see Sweep). The two gradients are derivatives of jsd and corrected in θ at a fixed critic, as
    received by a generator.
    """

    step: int
    steps: int
    thetas: np.ndarray
    jsd: np.ndarray
    jsd_gradient: np.ndarray
    raw: np.ndarray
    objective: np.ndarray
    corrected: np.ndarray
    extrapolated: np.ndarray
    gradient_norm: np.ndarray
    wasserstein_gradient: np.ndarray

    @property
    def progress(self) -> float:
        """Share of steps done, in [0, 1]."""
        return self.step / self.steps

    def mean(self, name: str) -> np.ndarray:
        """Mean over the seeds, (thetas,)."""
        return getattr(self, name).mean(0)

    def spread(self, name: str) -> np.ndarray:
        """Standard deviation over the seeds (divisor n − 1), (thetas,); NaN for a single seed."""
        values = getattr(self, name)
        return values.std(0, ddof=1) if len(values) > 1 else np.full(values.shape[1], math.nan)

    def errors(self, truth: dict[str, np.ndarray]) -> dict[str, float]:
        """Largest |estimate − exact| over θ, of the mean over seeds: {"jsd", "corrected", "raw", "extrapolated"}.

        truth: the exact "jsd" and "wasserstein", (thetas,) each.
        """
        columns = {"jsd": "jsd", "corrected": "wasserstein", "raw": "wasserstein", "extrapolated": "wasserstein"}
        return {name: float(np.abs(self.mean(name) - truth[column]).max()) for name, column in columns.items()}

    def columns(self) -> dict[str, np.ndarray]:
        """A table by column, one row per seed and θ: {"seed": …, "theta": …, "jsd": …, …}."""
        seeds = len(self.jsd)
        index = {"seed": np.repeat(np.arange(seeds), len(self.thetas)), "theta": np.tile(self.thetas, seeds)}
        return index | {name: values.ravel() for name, values in self._estimates().items()}

    def to_dict(self, digits: int = 6) -> dict:
        """JSON values; from_dict(to_dict()) restores the snapshot, rounded."""
        estimates = {name: np.round(values, digits).tolist() for name, values in self._estimates().items()}
        return {"step": self.step, "steps": self.steps, "thetas": self.thetas.tolist(), **estimates}

    @classmethod
    def from_dict(cls, values: dict) -> Self:
        """The snapshot of the JSON values of to_dict."""
        arrays: dict[str, Any] = {name: np.asarray(v) if isinstance(v, list) else v for name, v in values.items()}
        return cls(**arrays)

    def _estimates(self) -> dict[str, np.ndarray]:
        fields = [f.name for f in dataclasses.fields(self)]
        return {name: getattr(self, name) for name in fields if name not in ("step", "steps", "thetas")}
