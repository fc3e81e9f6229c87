"""A recipe: everything that determines the result of a training, in one frozen dataclass."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, cast

import torch
from torch import nn
from torch.optim import Optimizer

import checkpoints
from checkpoints import Card
from checkpoints.aims import Aim
from data.splits import Splits
from train.optimisers import adam
from train.provenance import digest

NOT_IN_CARD = {"card": False}  # a field that does not affect the weights: left out of a card's recipe
LATER = {"later": True}  # a field added later: a card's recipe leaves out its default, as older cards do


def constant(progress: float) -> float:
    return 1.0


def cosine(progress: float) -> float:
    """Half a cosine from 1 to 0 (Loshchilov & Hutter 2016, without restarts)."""
    return 0.5 * (1 + math.cos(math.pi * progress))


def cosine_to_a_tenth(progress: float) -> float:
    """The same from 1 to 0.1, so that a controller still has an effect at the end."""
    return 0.1 + 0.9 * cosine(progress)


@dataclass(frozen=True)
class Recipe:
    """Fields hold classes and functions themselves, not their names, so that an editor can follow them.

    data() -> Splits. objective(model, recipe, steps) -> (step, state), see train/objectives.py.
    schedule: multiplier of the learning rate as a function of progress in [0, 1). augment: augmentation of a batch of
    pictures (B, C, H, W) in [0, 1]. start: name of a checkpoint whose weights the training starts from. watched: how
    many random train pictures are held out, for curves and for choices based on them.
    optimiser(parameters, learning_rate): see train/optimisers.py.

    Fields that do not affect the weights:
    family: the card's. evaluate(model, splits) -> Evaluation (see evaluate/), or None. monitor(recipe, splits) ->
    Monitor (see train/monitor.py), or None. aim: the figure that the checkpoint should reach. steered: one sentence on
    which settings were chosen by pictures that the figures are measured on. unshipped: why the project has no
    checkpoint of it, if it has none. run(recipe) -> Card or None: replaces the training of train/loop.py. chosen:
    whether python -m train.studies.validation first trains it on a part of its train set, data(choosing=True), to
    choose its settings or to record its validation.
    """

    name: str
    title: str
    summary: str
    model: type[nn.Module]
    data: Callable
    objective: Callable
    epochs: int
    batch: int
    learning_rate: float
    arguments: dict[str, Any] = field(default_factory=dict)
    schedule: Callable[[float], float] = constant
    augment: Callable[[torch.Tensor], torch.Tensor] | None = None
    seed: int = 42
    start: str | None = None
    watched: int = field(default=0, metadata=LATER)
    optimiser: Callable[[Iterable[nn.Parameter], float], Optimizer] = field(default=adam, metadata=LATER)

    family: str = field(default="", metadata=NOT_IN_CARD)
    evaluate: Callable | None = field(default=None, metadata=NOT_IN_CARD)
    monitor: Callable | None = field(default=None, metadata=NOT_IN_CARD)
    aim: Aim | None = field(default=None, metadata=NOT_IN_CARD)
    steered: str = field(default="", metadata=NOT_IN_CARD)
    unshipped: str = field(default="", metadata=NOT_IN_CARD)
    run: Callable | None = field(default=None, metadata=NOT_IN_CARD)
    chosen: bool = field(default=False, metadata=NOT_IN_CARD)

    def splits(self, choosing: bool = False) -> Splits:
        """The data for training, validation and test; choosing: see `chosen`. Raises DataError."""
        splits = self.data(choosing=True) if choosing else self.data()
        return splits.holding(self.watched) if self.watched else splits

    def begun(self) -> nn.Module:
        """A network with its initial weights: those of `start`, otherwise random ones from the seed.

        Raises CheckpointError.
        """
        torch.manual_seed(self.seed)
        model = self.model(**self.arguments)
        if self.start:
            model.load_state_dict(checkpoints.load(self.start).state_dict())
        return model

    def foundations(self) -> dict[str, str]:
        """{name: sha256 of its weights} of the checkpoints that the training builds on. Raises CheckpointError."""
        return {self.start: checkpoints.read(self.start).sha256} if self.start else {}

    def built_on(self) -> dict[str, dict[str, str]]:
        """{"built_on": foundations} for the record of a run or a study, or {} if there are none."""
        found = self.foundations()
        return {"built_on": found} if found else {}

    @property
    def train_images(self) -> int:
        """Number of train pictures. Raises DataError."""
        return len(self.data().train) - self.watched

    @property
    def images_per_step(self) -> int:
        return self.batch

    def steps_per_epoch(self, images: int) -> int:
        """Steps of one pass over the data; an incomplete last batch is dropped, so that all batches are equal."""
        return images // self.images_per_step

    @classmethod
    def of(cls, recipe: Recipe, **changes: Any) -> Self:
        """A recipe of this class with the fields of another one and `changes`; fields unknown to it are dropped."""
        shared = {f.name for f in dataclasses.fields(cls)} & {f.name for f in dataclasses.fields(recipe)}
        return cls(**{name: getattr(recipe, name) for name in shared} | changes)

    def to_dict(self) -> dict[str, Any]:
        """The recipe as plain JSON values: a class or function becomes its dotted name, a loss its repr."""
        fields = [f for f in dataclasses.fields(self) if f.metadata.get("card", True)]
        names = [f.name for f in fields if not (f.metadata.get("later") and getattr(self, f.name) == f.default)]
        return {name: _plain(getattr(self, name)) for name in names}

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """The fields of `to_dict` that have defaults, {name: default}: the values meant by a card from before they
        existed."""
        found = {}
        for f in dataclasses.fields(cls):
            if not f.metadata.get("card", True):
                continue
            if f.default is not dataclasses.MISSING:
                found[f.name] = _plain(f.default)
            elif f.default_factory is not dataclasses.MISSING:
                found[f.name] = _plain(f.default_factory())
        return found

    def card(self, model: nn.Module, run: dict[str, Any], **measured: Any) -> Card:
        """The card of a model trained by this recipe; a digest of the recipe is added to `run`.

        measured: dataset, metrics, protocol and history.
        """
        recipe = self.to_dict()
        return Card(
            name=self.name,
            family=self.family,
            title=self.title,
            summary=self.summary,
            model=f"{self.model.__module__}.{self.model.__qualname__}",
            arguments=self.arguments,
            latent=getattr(model, "latent", None),
            shape=cast(tuple[int, int, int], tuple(cast(Sequence[int], model.shape))),
            recipe=recipe,
            run=run | {"recipe_sha256": digest(recipe)},
            aim=self.aim.to_dict() if self.aim else {},
            steered=self.steered,
            sha256="",
            **measured,
        )

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)


def _plain(value):
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    return repr(value) if dataclasses.is_dataclass(value) else value
