"""A recorded toy GAN and its snapshots, as plain values, so that recordings can be read without torch."""

import dataclasses
from dataclasses import dataclass
from typing import Self

import numpy as np

from checkpoints.recorded.packed import pack, unpack
from checkpoints.recorded.toy_settings import Settings


@dataclass(frozen=True)
class Snapshot:
    """Both players after `step` steps. Weights are flat: for each layer (inputs, outputs) row by row, then its biases.

    shown: weights of the generator that is shown, the running mean if there is averaging, otherwise `generator`.
    discriminator_loss, generator_loss: for that generator, on a large fresh batch. energy: energy distance of its
    points to fresh real ones, in standard deviations of the data.
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
        """The snapshot of the JSON values of to_dict. Raises KeyError or ValueError if they are damaged."""
        weights = {name: unpack(values[name]) for name in ("generator", "discriminator", "shown") if name in values}
        return cls(**{**values, "shown": weights["generator"], **weights})


@dataclass(frozen=True)
class Run:
    """A recorded training: name, title and summary, its settings, its 95 % noise floor and its Snapshots."""

    name: str
    title: str
    summary: str
    settings: Settings
    floor: float
    snapshots: tuple[Snapshot, ...]

    @classmethod
    def from_dict(cls, values: dict) -> Self:
        """The run of JSON values. Raises KeyError, TypeError or ValueError if something is missing or truncated."""
        settings = Settings(**values["settings"])
        snapshots = tuple(Snapshot.from_dict(one) for one in values["snapshots"])
        lengths = settings.weights("generator"), settings.weights("discriminator")
        for one in snapshots:
            if (one.generator.size, one.discriminator.size) != lengths:
                raise ValueError(f"the weights of step {one.step} are cut")
        if not snapshots:
            raise ValueError("there are no snapshots")
        return cls(values["name"], values["title"], values["summary"], settings, float(values["floor"]), snapshots)


def recorded_steps(steps: int, frames: int = 40) -> list[int]:
    """The steps to record: many at the beginning, then `frames` at equal intervals, and the last one."""
    early = [s for s in (0, 5, 10, 20, 30, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800) if s <= steps]
    return sorted({*early, *range(0, steps + 1, max(1, steps // frames)), steps})
