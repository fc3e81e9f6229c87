"""A recipe: everything that decides what a training gives, in one frozen line."""

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

NOT_IN_CARD = {"card": False}  # a field that changes no weight, so that a card's recipe leaves it out
LATER = {"later": True}  # a field that was added later: like older cards, a card's recipe leaves out its default


def constant(progress: float) -> float:
    return 1.0


def cosine(progress: float) -> float:
    """Half a cosine from 1 to 0 (Loshchilov & Hutter 2016, without restarts)."""
    return 0.5 * (1 + math.cos(math.pi * progress))


def cosine_to_a_tenth(progress: float) -> float:
    """The same from 1 to 0.1: a controller still moves something at the end."""
    return 0.1 + 0.9 * cosine(progress)


@dataclass(frozen=True)
class Recipe:
    """Classes and functions stand here themselves, not their names, so that an editor can follow them.

    data() -> Splits. objective(model, recipe, steps) -> (step, state), see train/objectives.py.
    schedule: multiplier of the learning rate as a function of progress in [0, 1). augment: a change of a batch of
    pictures (B, C, H, W) in [0, 1]. start: name of a checkpoint whose weights the training begins with. watched: how
    many random train pictures are held out of the training, for its curves and for whatever is chosen by them.
    optimiser(parameters, learning_rate): see train/optimisers.py.

    Beside what decides the weights:
    family: the card's. evaluate(model, splits) -> Evaluation (see evaluate/), or None. monitor(recipe, splits) ->
    Monitor (see train/monitor.py), or None. aim: what the checkpoint is to reach. steered: what of the recipe was
    chosen by pictures that the figures are measured on, one sentence. unshipped: why the project has no checkpoint of
    it, where it has none. run(recipe) -> Card or None: a training of its own in
    place of train/loop.py's. chosen: whether python -m train.studies.validation trains it on a part of its train set
    first, data(choosing=True), to choose its settings or to show how it validates.
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
        """What it is trained, validated and tested on; choosing: see `chosen`. Raises DataError."""
        splits = self.data(choosing=True) if choosing else self.data()
        return splits.holding(self.watched) if self.watched else splits

    def begun(self) -> nn.Module:
        """A network with its initial weights: those of `start`, otherwise random ones of the seed.

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
        """What a run, or a study, says of its foundations: {"built_on": those}, or {} without any."""
        found = self.foundations()
        return {"built_on": found} if found else {}

    @property
    def train_images(self) -> int:
        """How many an epoch has. Raises DataError."""
        return len(self.data().train) - self.watched

    @property
    def images_per_step(self) -> int:
        return self.batch

    def steps_per_epoch(self, images: int) -> int:
        """Once through the data; the incomplete last batch is left out, so that every step has the same shape."""
        return images // self.images_per_step

    @classmethod
    def of(cls, recipe: Recipe, **changes: Any) -> Self:
        """A recipe of this class with what another one has, but for `changes`; what this class lacks is lost."""
        shared = {f.name for f in dataclasses.fields(cls)} & {f.name for f in dataclasses.fields(recipe)}
        return cls(**{name: getattr(recipe, name) for name in shared} | changes)

    def to_dict(self) -> dict[str, Any]:
        """The recipe as plain JSON values: a class or function becomes its dotted name, a loss what makes it."""
        fields = [f for f in dataclasses.fields(self) if f.metadata.get("card", True)]
        names = [f.name for f in fields if not (f.metadata.get("later") and getattr(self, f.name) == f.default)]
        return {name: _plain(getattr(self, name)) for name in names}

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Fields of `to_dict` that have a default, with that: what a recipe means that was written before there were
        such fields."""
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
        """The card of a model that this recipe trained, with a digest of the recipe beside what a `run` holds.

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
