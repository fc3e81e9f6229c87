"""Settings and snapshots of trained critics, as plain values, so that recordings can be read without torch."""

import dataclasses
import math
from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np

THETAS = tuple(k / 10 for k in range(-10, 11))

# Setting -> (least, most, what it is called in a sentence).
BOUNDS = {
    "steps": (1, 20_000, "The number of steps"),
    "batch": (2, 4096, "The batch"),
    "width": (1, 256, "The width"),
    "hidden": (1, 3, "The number of hidden layers"),
    "learning_rate": (1e-6, 1.0, "The learning rate"),
    "penalty": (0.1, 1000.0, "The penalty λ"),
    "seed": (0, 2**31 - 1, "The seed"),
    "seeds": (1, 20, "The number of seeds"),
}
WHOLE = ("steps", "batch", "width", "hidden", "seed", "seeds")


@dataclass(frozen=True)
class Settings:
    """How critics are trained; raises ValueError with one sentence when a value is out of bounds.

    penalty: λ of the gradient penalty λ E(‖∇T(z)‖ − 1)² (Gulrajani et al. 2017). seeds: independent repetitions, with
    seeds seed, seed + 1, …, which are further members of the same batch and give the spread.
    decay: the learning rate falls to 0 along half a cosine. standardise: inputs are shifted and scaled by mean and
    standard deviation of a first sample. zero_start: the last layer starts at 0, so that the first direction of a
    critic is that of the samples' difference; from random weights it can stay in another direction, where the
    penalty is small, too.
    one_sided: penalise (‖∇T‖ − 1)₊² instead (Petzka et al. 2018). The two-sided penalty also penalises slopes
    near 0, which a critic needs where it turns from rising to falling: for N(0, 1) against N(0, 4), whose best critic
    turns, it ends at the difference of means (0 instead of 0.798). On the segments both have the same optimum.
    """

    steps: int = 250
    batch: int = 64
    width: int = 32
    hidden: int = 1
    learning_rate: float = 0.04
    penalty: float = 10.0
    seed: int = 0
    seeds: int = 1
    activation: Literal["tanh", "softplus", "relu"] = "softplus"
    optimiser: Literal["adam", "sgd"] = "adam"
    decay: bool = True
    standardise: bool = True
    zero_start: bool = True
    one_sided: bool = False

    def __post_init__(self):
        for field, (least, most, what) in BOUNDS.items():
            value = getattr(self, field)
            if field in WHOLE and not (isinstance(value, int | np.integer) and not isinstance(value, bool)):
                raise ValueError(f"{what} must be a whole number, not {value}.")
            if not least <= value <= most:  # also false for NaN
                unbounded = "; without a penalty nothing bounds the critic's slope" if field == "penalty" else ""
                raise ValueError(f"{what} must lie between {least:,} and {most:,}, not {value:,}{unbounded}.")
        if self.activation not in ("tanh", "softplus", "relu"):
            raise ValueError(f"The activation must be tanh, softplus or relu, not {self.activation}.")
        if self.optimiser not in ("adam", "sgd"):
            raise ValueError(f"The optimiser must be adam or sgd, not {self.optimiser}.")


# For two distributions of one's own choice, whose best critic may have to turn around.
PAIR_SETTINGS = Settings(steps=500, activation="tanh", one_sided=True)
# For a discriminator of two densities on the line (train/live/density.py).
DENSITY_SETTINGS = Settings(steps=1000, batch=256, width=32, hidden=2, learning_rate=0.015, activation="tanh")

WORK = 3e12  # multiplications allowed for one training: a few minutes on two cores


def check_work(settings: Settings, networks: int) -> None:
    """Raise ValueError in one sentence when training so many networks would take more than WORK multiplications."""
    weights = (settings.hidden - 1) * settings.width**2 + 4 * settings.width
    # Two samples and the penalty's points, each forward and twice backward.
    if networks * weights * settings.batch * settings.steps * 9 > WORK:
        raise ValueError(
            "That is more than a few minutes of computing; choose fewer steps or seeds, a smaller batch or width."
        )


@dataclass(frozen=True)
class SweepSnapshot:
    """Estimates after `step` steps, each an array (seeds, thetas) or None where its objective was not trained.

    jsd: nats. raw: E_p T − E_q T of the penalised critic. objective: raw minus the penalty term. corrected: raw divided
    by gradient_norm, the mean of ‖∇T(z)‖ (of max(‖∇T(z)‖, 1) where the penalty is one-sided). extrapolated:
    2 objective − raw (see Sweep). The two gradients are derivatives of jsd and corrected in θ at a fixed critic,
    as a generator gets them.
    """

    step: int
    steps: int
    thetas: np.ndarray
    jsd: np.ndarray | None = None
    jsd_gradient: np.ndarray | None = None
    raw: np.ndarray | None = None
    objective: np.ndarray | None = None
    corrected: np.ndarray | None = None
    extrapolated: np.ndarray | None = None
    gradient_norm: np.ndarray | None = None
    wasserstein_gradient: np.ndarray | None = None

    @property
    def progress(self) -> float:
        """Share of the finished steps, in [0, 1]."""
        return self.step / self.steps

    def mean(self, name: str) -> np.ndarray:
        """Mean over the seeds, (thetas,)."""
        return getattr(self, name).mean(0)

    def spread(self, name: str) -> np.ndarray:
        """Standard deviation over the seeds (divisor n − 1), (thetas,); NaN for a single seed."""
        values = getattr(self, name)
        return values.std(0, ddof=1) if len(values) > 1 else np.full(values.shape[1], math.nan)

    def columns(self) -> dict[str, np.ndarray]:
        """A table by column, one row per seed and θ: {"seed": …, "theta": …, "jsd": …, …}."""
        arrays = {name: values for name, values in self._estimates().items() if values is not None}
        seeds = len(next(iter(arrays.values())))
        index = {"seed": np.repeat(np.arange(seeds), len(self.thetas)), "theta": np.tile(self.thetas, seeds)}
        return index | {name: values.ravel() for name, values in arrays.items()}

    def to_dict(self, digits: int = 6) -> dict:
        """JSON values; from_dict(to_dict()) gives the snapshot back, rounded."""
        estimates = {name: np.round(v, digits).tolist() for name, v in self._estimates().items() if v is not None}
        return {"step": self.step, "steps": self.steps, "thetas": self.thetas.tolist(), **estimates}

    @classmethod
    def from_dict(cls, values: dict) -> Self:
        """The snapshot of the JSON values of to_dict."""
        arrays: dict[str, Any] = {name: np.asarray(v) if isinstance(v, list) else v for name, v in values.items()}
        return cls(**arrays)

    def _estimates(self) -> dict[str, np.ndarray | None]:
        fields = [f.name for f in dataclasses.fields(self)]
        return {name: getattr(self, name) for name in fields if name not in ("step", "steps", "thetas")}


@dataclass(frozen=True)
class DensitySnapshot:
    """A discriminator after `step` steps: logits (seeds, G) of D on the grid, and its value and error.

    value: E_f₁ log D + E_f₀ log(1 − D) on a fresh sample, (seeds,), nats. l1: ∫ |f̂₁ − f₁| dx, (seeds,).
    """

    step: int
    steps: int
    logits: np.ndarray
    value: np.ndarray
    l1: np.ndarray

    @property
    def progress(self) -> float:
        """Share of the finished steps, in [0, 1]."""
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


NEAR = 0.99  # of the clip value: larger weights count as being at a bound


@dataclass(frozen=True)
class ClippedCritics:
    """K critics with their weights in [−c, c], and a last one with a gradient penalty (see train/live/clipping.py).

    clips (K,); grid (G,); critics (K + 1, G): T on the grid; weights (K + 1, W); values (K + 1,): E_p T − E_q T.
    """

    clips: tuple[float, ...]
    grid: np.ndarray
    critics: np.ndarray
    weights: np.ndarray
    values: np.ndarray

    @property
    def slopes(self) -> np.ndarray:
        """The largest |T'| between neighbouring grid points, (K + 1,)."""
        return np.abs(np.diff(self.critics) / np.diff(self.grid)).max(1)

    @property
    def at_ends(self) -> np.ndarray:
        """Share of the weights at ±c for every clipped critic, (K,)."""
        return (np.abs(self.weights[:-1]) > NEAR * np.array(self.clips)[:, None]).mean(1)

    def to_dict(self, digits: int = 5) -> dict:
        """JSON values with that many significant digits; from_dict(to_dict()) gives the critics back, rounded."""

        def rounded(values: np.ndarray) -> list[float]:
            return [float(f"{value:.{digits}g}") for value in values]

        return {
            "clips": list(self.clips),
            "grid": rounded(self.grid),
            "values": rounded(self.values),
            "critics": [rounded(critic) for critic in self.critics],
            "weights": [rounded(weights) for weights in self.weights],
        }

    @classmethod
    def from_dict(cls, values: dict) -> Self:
        """The critics of the JSON values of to_dict."""
        arrays = {name: np.array(values[name], dtype=float) for name in ("grid", "critics", "weights", "values")}
        return cls(tuple(values["clips"]), **arrays)
