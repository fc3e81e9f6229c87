"""Settings and snapshots of a toy GAN, as plain values, so that recordings can be read without torch."""

import base64
import dataclasses
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Self

import numpy as np

LATENT, FEATURES = 2, 2
Player = Literal["generator", "discriminator"]
POOL = 4096  # points of the training set
ENERGY_POINTS = 500  # points on each side of an energy distance
LOSSES = {
    "non_saturating": "Non-saturating (BCE)",
    "minimax": "Minimax, as first written",
    "least_squares": "Least squares",
    "hinge": "Hinge",
    "wasserstein": "Wasserstein, clipped",
    "wasserstein_gp": "Wasserstein, gradient penalty",
}
OPTIMISERS = {"adam": "Adam", "rmsprop": "RMSProp", "sgd": "Gradient descent"}

# Setting -> (least, most, what it is called in a sentence).
BOUNDS = {
    "steps": (1, 1_000_000, "The number of steps"),
    "batch": (2, 1024, "The batch"),
    "generator_rate": (0.0, 1000.0, "The generator's learning rate"),
    "discriminator_rate": (0.0, 1000.0, "The discriminator's learning rate"),
    "generator_steps": (1, 20, "The generator's steps"),
    "discriminator_steps": (1, 20, "The discriminator's steps"),
    "head_start": (0, 20_000, "The head start"),
    "clip": (0.001, 10.0, "The clipping bound"),
    "penalty": (0.0, 1000.0, "The penalty λ"),
    "averaging": (0.0, 0.9999, "The averaging"),
    "seed": (0, 2**31 - 1, "The seed"),
}
WIDTH = (1, 128)


@dataclass(frozen=True)
class Settings:
    """A training; raises ValueError with one sentence when a value is out of bounds.

    generator, discriminator: units of the two hidden layers. One step is discriminator_steps updates of the
    discriminator, then generator_steps of the generator. head_start: updates of the discriminator alone before the
    first step. falling: the learning rates fall to 0 along half a cosine over `steps` steps. averaging: the generator
    that is shown and measured has a running mean of the weights, mean ← averaging · mean + (1 − averaging) · weights
    after every update; with 0 it has the weights themselves.
    """

    data: str = "parabola"
    loss: str = "non_saturating"
    optimiser: str = "adam"
    generator: tuple[int, int] = (16, 16)
    discriminator: tuple[int, int] = (24, 24)
    generator_rate: float = 1e-3
    discriminator_rate: float = 1e-3
    generator_steps: int = 1
    discriminator_steps: int = 1
    head_start: int = 0
    batch: int = 64
    steps: int = 20_000
    falling: bool = False
    averaging: float = 0.0
    clip: float = 0.1
    penalty: float = 1.0
    beta1: float = 0.5
    beta2: float = 0.999
    seed: int = 0

    def __post_init__(self):
        for player in ("generator", "discriminator"):
            widths = getattr(self, player)
            if len(widths) != 2 or not all(isinstance(w, int) and WIDTH[0] <= w <= WIDTH[1] for w in widths):
                raise ValueError(f"The {player}'s hidden layers must have {WIDTH[0]} to {WIDTH[1]} units each.")
            object.__setattr__(self, player, tuple(widths))  # lists come from JSON
        for name, (least, most, what) in BOUNDS.items():
            if not least <= getattr(self, name) <= most:  # also false for NaN
                raise ValueError(f"{what} must lie between {least:,} and {most:,}, not {getattr(self, name):,}.")
        for name, known in (("loss", LOSSES), ("optimiser", OPTIMISERS)):
            if getattr(self, name) not in known:
                raise ValueError(f"The {name} must be one of {', '.join(known)}, not {getattr(self, name)}.")

    def rate(self, step: int) -> float:
        """Factor of both learning rates after `step` steps, in [0, 1]."""
        return 0.5 * (1 + math.cos(math.pi * min(step, self.steps) / self.steps)) if self.falling else 1.0

    def sizes(self, player: Player) -> tuple[int, ...]:
        """Units of all layers of a network, from its input to its output."""
        if player == "generator":
            return (LATENT, *self.generator, 2)
        return (2, *self.discriminator, FEATURES, 1)

    def weights(self, player: Player) -> int:
        """Number of weights and biases of a network."""
        sizes = self.sizes(player)
        return sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes))

    def to_dict(self) -> dict:
        """JSON values, for Settings(**values)."""
        return dataclasses.asdict(self)


@dataclass(frozen=True)
class Snapshot:
    """Both players after `step` steps. Weights are flat: of each layer (inputs, outputs) row by row, then its biases.

    discriminator_loss, generator_loss: on a large fresh batch, of the generator that is shown. energy: energy distance
    of its points to fresh real ones, in standard deviations of the data. shown: weights of the generator that is shown,
    the running mean where there is averaging and otherwise `generator` itself.
    """

    step: int
    discriminator_loss: float
    generator_loss: float
    energy: float
    generator: np.ndarray
    discriminator: np.ndarray
    shown: np.ndarray

    def to_dict(self) -> dict:
        """JSON values; weights as base64 of little-endian float16, which moves no point by more than a pixel."""
        numbers = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)[:4]}
        weights = {name: pack(getattr(self, name)) for name in ("generator", "discriminator", "shown")}
        if np.array_equal(self.shown, self.generator):
            del weights["shown"]
        return {name: round(v, 6) for name, v in numbers.items()} | weights

    @classmethod
    def from_dict(cls, values: dict) -> Self:
        """The snapshot of the JSON values of to_dict. Raises KeyError or ValueError when they are damaged."""
        weights = {name: unpack(values[name]) for name in ("generator", "discriminator", "shown") if name in values}
        return cls(**{**values, "shown": weights["generator"], **weights})


@dataclass(frozen=True)
class Run:
    """A recorded training: what it is, how it was trained, its 95 % noise floor and its Snapshots."""

    name: str
    title: str
    summary: str
    settings: Settings
    floor: float
    snapshots: tuple[Snapshot, ...]

    @classmethod
    def from_dict(cls, values: dict) -> Self:
        """The run of JSON values. Raises KeyError, TypeError or ValueError when something is missing or cut."""
        settings = Settings(**values["settings"])
        snapshots = tuple(Snapshot.from_dict(one) for one in values["snapshots"])
        lengths = settings.weights("generator"), settings.weights("discriminator")
        for one in snapshots:
            if (one.generator.size, one.discriminator.size) != lengths:
                raise ValueError(f"the weights of step {one.step} are cut")
        if not snapshots:
            raise ValueError("there are no snapshots")
        return cls(values["name"], values["title"], values["summary"], settings, float(values["floor"]), snapshots)


def pack(weights: np.ndarray) -> str:
    """An array as base64 of little-endian float16. Raises ValueError when a number is not finite or too large."""
    with np.errstate(over="ignore"):
        small = np.asarray(weights, "<f2")
    if not np.isfinite(small).all():
        raise ValueError("Weights that are not finite cannot be stored.")
    return base64.b64encode(small.tobytes()).decode()


def unpack(text: str) -> np.ndarray:
    """The numbers (N,) given to `pack`, rounded to float16, as float32. Raises ValueError for damaged text."""
    return np.frombuffer(base64.b64decode(text, validate=True), "<f2").astype(np.float32)


def recorded_steps(steps: int, frames: int = 40) -> list[int]:
    """The steps to record: many at the beginning, then `frames` at equal distances, and the last one."""
    early = [s for s in (0, 5, 10, 20, 30, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800) if s <= steps]
    return sorted({*early, *range(0, steps + 1, max(1, steps // frames)), steps})
