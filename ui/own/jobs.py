"""What is done with a person's pictures a little on every run of the page: reading, and training with all around it."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

import data
from checkpoints import Card, visits
from data.own import intake as intake_of
from data.own.files import File
from data.own.intake import Intake
from data.own.preparation import Preparation, Settings
from ui.jobs import Job
from ui.own.visit import Visit, keep

if TYPE_CHECKING:
    from data.splits import Splits
    from train.own_recipe import OwnRecipe

LONGEST = 40  # characters of a name
COMMAND = "the page Your pictures"


def slug(words: str) -> str:
    """A name that files can have, of what a person typed: "Roses, 2024" is "roses_2024", and "" is "pictures"."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:LONGEST].strip("_") or "pictures"


@dataclass
class Stepwise(Job):
    """A job whose work is a generator. share: how much of it is done, from 0 to 1; phase: what is done now.

    alone: whether its next step is long and in the library's hands, so that others do not wait for it.
    """

    share: float = 0.0
    phase: str = ""
    alone: bool = False

    def __post_init__(self):
        self._steps: Iterator[None] | None = None
        self._finished = False

    @property
    def finished(self) -> bool:
        return self._finished

    def steps(self) -> Iterator[None]:
        """All of the work, a little between every two of its stops."""
        raise NotImplementedError

    def turn(self) -> contextlib.AbstractContextManager:
        return contextlib.nullcontext() if self.alone else super().turn()

    def work(self, until: float) -> None:
        if self._steps is None:
            self._steps = self.steps()
        while not self._finished:
            self._finished = next(self._steps, "end") == "end"
            if time.perf_counter() > until:
                return


@dataclass(kw_only=True)
class Reading(Stepwise):
    """Reads uploaded files into visit.intake, which is there from the start and whole when this is finished.

    uploads: (name, bytes) of each.
    """

    visit: Visit
    uploads: list[tuple[str, bytes]]

    def steps(self) -> Iterator[None]:
        files: list[File] = []
        for name, raw in self.uploads:
            files += intake_of.opened(name, raw)
        self.visit.intake = intake = Intake(files)
        for _ in intake.steps():
            self.share = intake.done / len(intake.files)
            self.phase = f"{intake.done:,} of {len(intake.files):,} files read"
            yield
        self.uploads = []
        if not len(intake):
            reason = intake.problems[0].reason if intake.problems else "There are only tables."
            raise data.DataError(f"None of the {len(intake.files):,} files is a picture. The first one: {reason}")


@dataclass(kw_only=True)
class Training(Stepwise):
    """Prepares the pictures, trains on them, measures, and makes the result a model of the visit.

    title: as the person typed it. changes: of the recipe. history, pictures: of the training so far, for the page.
    """

    visit: Visit
    settings: Settings
    title: str
    changes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self):
        super().__post_init__()
        self.preparation = Preparation(self.visit.intake, self.settings) if self.visit.intake else None
        self.history: dict[str, list[float]] = {}
        self.taken = self.total = 0
        self.monitor: Any = None
        self.recipe: OwnRecipe | None = None
        self.card: Card | None = None
        self.seconds = 0.0

    @property
    def name(self) -> str:
        """Of the checkpoint."""
        return visits.named(self.visit.token, slug(self.title))

    @property
    def grid(self) -> np.ndarray | None:
        """The newest reconstructions under their pictures, (2·H, n·W, C) uint8; None before the first."""
        return self.monitor.grids[-1].numpy() if self.monitor and self.monitor.grids else None

    def advance(self, seconds: float) -> None:
        started = time.perf_counter()
        super().advance(seconds)
        self.seconds += time.perf_counter() - started

    def steps(self) -> Iterator[None]:
        assert self.preparation is not None
        for _ in self.preparation.steps():
            self.share = 0.05 * self.preparation.done / len(self.preparation.intake)
            self.phase = f"{self.preparation.done:,} of {len(self.preparation.intake):,} pictures prepared"
            yield
        from data.own import sets
        from train import loop, own_recipe

        splits = sets.of(self.preparation, self.preparation.dataset(slug(self.title)))
        self.recipe = own_recipe.recipe(self.name, splits, f"VAE of “{self.title}”", **self.changes)
        model = self.recipe.begun()
        self.monitor = own_recipe.Reconstructions(self.recipe, splits)
        training = loop.steps(model, self.recipe, splits.train, quiet=True, monitor=self.monitor)
        for self.taken, self.total, self.history in training:
            self.share = 0.05 + 0.85 * self.taken / self.total
            self.phase = f"Step {self.taken:,} of {self.total:,}"
            yield
        yield from self._stored(model, splits)

    def _stored(self, model: Any, splits: Splits):
        import torch

        from train import cli

        assert self.recipe is not None
        self.alone = True
        self.share, self.phase = 0.92, "Measuring on the held-out pictures, and drawing the map"
        yield
        visits.folder(self.visit.token)
        card = cli.stored(
            self.recipe, model, splits, self.history, self.seconds, torch.device("cpu"), self.monitor, COMMAND
        )
        self.share, self.phase = 0.97, "Writing the networks that your browser runs"
        yield
        export(card.name)
        self.card = self.visit_model(splits)

    def visit_model(self, splits: Splits) -> Card:
        """The checkpoint as a model of the visit, with its pictures."""
        from evaluate import own

        both = own.together(splits)
        pictures = data.Images(
            splits.name, "all", both.images.numpy(), both.labels.numpy(), splits.classes, "full", splits.note
        )
        return keep(self.visit, self.name, pictures).card


def export(name: str) -> None:
    """Write the parts that browsers run, where the packages for it are installed: else the server goes on drawing."""
    from evaluate import export as exporting

    try:
        exporting.write(name)
    except exporting.MissingError:
        return
