"""Trainings of a recipe on a part of its train set, validated on the rest, which choose the settings of classifiers.

A run trains to its last stage; earlier stages are read off its curves, since the learning rate is constant.
"""

from __future__ import annotations

import dataclasses
import statistics
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, Self

CURVES = ("loss", "accuracy", "valid_loss", "valid_accuracy")


class Setting(NamedTuple):
    """The chosen values: batch size, learning rate, and epochs, one of the stages."""

    batch: int
    learning_rate: float
    epochs: int


@dataclass(frozen=True)
class ValidationRun:
    """One training; each curve has a value for every epoch. Losses in nats per image, accuracies as shares.

    Raises ValueError for curves that are empty or of different lengths.
    """

    batch: int
    learning_rate: float
    seed: int
    loss: list[float]
    accuracy: list[float]
    valid_loss: list[float]
    valid_accuracy: list[float]
    seconds: float

    def __post_init__(self):
        if len({len(getattr(self, curve)) for curve in CURVES}) != 1 or not self.loss:
            raise ValueError("curves of different lengths")


@dataclass(frozen=True)
class Validation:
    """A study: stages in epochs, a card's `dataset` section for the train and validation parts, and its runs.

    Raises ValueError if it has no run, or one that does not reach the last stage.
    """

    recipe: dict[str, Any]
    dataset: dict[str, Any]
    stages: list[int]
    command: str
    runs: list[ValidationRun]

    def __post_init__(self):
        if not self.runs or any(len(run.loss) < self.stages[-1] for run in self.runs):
            raise ValueError("runs are missing or cut off")

    @classmethod
    def from_dict(cls, values: dict) -> Self:
        """From JSON values. Raises KeyError if a field is missing, ValueError without runs or with short ones."""
        names = [f.name for f in fields(ValidationRun)]
        runs = [ValidationRun(**{name: run[name] for name in names}) for run in values["runs"]]
        return cls(values["recipe"], values["dataset"], values["stages"], values["command"], runs)

    @property
    def batches(self) -> list[int]:
        return sorted({run.batch for run in self.runs})

    @property
    def learning_rates(self) -> list[float]:
        return sorted({run.learning_rate for run in self.runs})

    @property
    def seeds(self) -> list[int]:
        """Seeds in the order of the file, the recipe's own first."""
        return list(dict.fromkeys(run.seed for run in self.runs))

    @property
    def settings(self) -> list[Setting]:
        """All trained combinations of batch size, learning rate and stage."""
        pairs = dict.fromkeys((run.batch, run.learning_rate) for run in self.runs)
        return [Setting(*pair, epochs) for pair in sorted(pairs) for epochs in self.stages]

    def of(self, batch: int, learning_rate: float) -> list[ValidationRun]:
        """The runs of one cell of the grid, one for each seed."""
        return [run for run in self.runs if (run.batch, run.learning_rate) == (batch, learning_rate)]

    def values(self, setting: Setting, curve: str = "valid_accuracy") -> list[float]:
        """A curve after the setting's epochs, one value for each seed."""
        return [getattr(run, curve)[setting.epochs - 1] for run in self.of(setting.batch, setting.learning_rate)]

    def mean(self, setting: Setting, curve: str = "valid_accuracy") -> float:
        """Mean of `values` over the seeds."""
        return statistics.fmean(self.values(setting, curve))

    def deviation(self, setting: Setting, curve: str = "valid_accuracy") -> float | None:
        """Standard deviation over the seeds (n − 1); None for a single one."""
        values = self.values(setting, curve)
        return statistics.stdev(values) if len(values) > 1 else None

    @property
    def best(self) -> Setting:
        """The setting with the largest mean validation accuracy, and among equals the smallest loss.

        Means are over the seeds that every cell was trained with: the best one may have been trained with more.
        """
        trained = {
            seed: {(run.batch, run.learning_rate) for run in self.runs if run.seed == seed} for seed in self.seeds
        }
        whole = [seed for seed, cells in trained.items() if cells == set.union(*trained.values())]
        compared = dataclasses.replace(self, runs=[run for run in self.runs if run.seed in whole])
        return max(self.settings, key=lambda each: (round(compared.mean(each), 6), -compared.mean(each, "valid_loss")))
