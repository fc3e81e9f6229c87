"""Jobs for a visitor's pictures, advanced a little in every run of the page: reading, and training with figures."""

from __future__ import annotations

import contextlib
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import checkpoints
import data
import tasks
from checkpoints import files, visits
from data.own import intake as intake_of
from data.own.files import File
from data.own.intake import Intake
from data.own.preparation import Preparation, Settings
from ui import networks
from ui.jobs import Job
from ui.own.visit import LeftOut, Visit, keep

LONGEST = 40  # characters of a name
PREPARED, TRAINED = 0.05, 0.9  # shares of the whole after these stages
WAIT = 0.3  # seconds to wait for news from a cluster
COMMAND = "the page Your pictures"


def slug(words: str) -> str:
    """A file name from a typed name: "Roses, 2024" is "roses_2024", and "" is "pictures"."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:LONGEST].strip("_") or "pictures"


@dataclass
class Stepwise(Job):
    """A job whose work is a generator. share: of the work that is done, from 0 to 1; phase: the current stage.

    alone: whether its next step is a long call into a library, for which others should not wait.
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
        """All of the work, with a little between any two yields."""
        raise NotImplementedError

    def turn(self) -> contextlib.AbstractContextManager:
        return contextlib.nullcontext() if self.alone else super().turn()

    def work(self, until: float) -> None:
        if self._steps is None:
            self._steps = self.steps()
        alone = self.alone
        while not self._finished and self.alone == alone:  # one turn has steps of one kind only
            self._finished = next(self._steps, "end") == "end"
            if time.perf_counter() > until:
                return


@dataclass(kw_only=True)
class Reading(Stepwise):
    """Reads uploaded files into visit.intake, which exists from the start and is complete when this is finished.

    uploads: (name, bytes) of each. then(): the next job, if one starts by itself.
    """

    visit: Visit
    uploads: Iterable[tuple[str, bytes]]
    then: Callable[[], Job] | None = None

    def steps(self) -> Iterator[None]:
        found: list[File] = []
        for name, raw in self.uploads:
            found += intake_of.opened(name, raw)
            yield
        self.visit.intake = intake = Intake(found)
        for _ in intake.steps():
            self.share = intake.files_read / len(intake.files)
            self.phase = f"{intake.files_read:,} of {len(intake.files):,} files read"
            yield
        self.uploads = ()
        if not len(intake):
            if not intake.problems:
                raise data.DataError("There are only tables; choose the pictures that they name as well.")
            count, reason = len(intake.files), intake.problems[0].reason
            if count > 1:
                reason = f"None of the {count:,} files is a picture. The first one: {reason}"
            raise data.DataError(reason)
        if self.then is not None:
            self.visit.job = self.then()


@dataclass(kw_only=True)
class Training(Stepwise):
    """Prepares the pictures, trains on them, measures, and makes the result a model of the visit.

    All but the preparation is a task, which a cluster runs if there is one. title: as typed. changes: of the recipe.
    history, grid: of the training so far, for the page.
    """

    visit: Visit
    settings: Settings
    title: str
    changes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self):
        super().__post_init__()
        self.preparation = Preparation(self.visit.intake, self.settings) if self.visit.intake else None
        self._name_it()
        self.history: dict[str, list[float]] = {}
        self.grid: np.ndarray | None = None
        self.task: tasks.Task | None = None

    def _name_it(self):
        """Set slug and name of the checkpoint, with a number if the visit already has a model of that name."""
        self.slug, number = slug(self.title), 1
        while (name := visits.named(self.visit.token, self.slug)) in self.visit.models:
            number += 1
            self.slug = f"{slug(self.title)}_{number}"
        self.title += f" {number}" if number > 1 else ""
        self.name = name

    @property
    def note(self) -> str | None:
        return self.task.note if self.task else None

    def stop(self) -> None:
        super().stop()
        if self.task is not None:
            self.task.cancel()

    def steps(self) -> Iterator[None]:
        preparation = self.preparation
        assert preparation is not None
        try:
            for _ in preparation.steps():
                self.share = PREPARED * preparation.prepared / len(preparation.intake)
                self.phase = f"{preparation.prepared:,} of {len(preparation.intake):,} pictures prepared"
                yield
        finally:
            if not self.stopped:
                self.visit.left_out = LeftOut(tuple(preparation.problems), preparation.copies)
        self.alone = True  # a cluster may take seconds to answer
        yield
        from train import own_task

        asked = own_task.Asked(
            self.name,
            f"VAE of “{self.title}”",
            COMMAND,
            preparation.dataset(self.slug),
            preparation.images,
            preparation.labels,
            preparation.intake.classes().classes,
            preparation.settings.words(),
            self.changes,
        )
        key = tasks.key("own", self.name, secrets.token_hex(8))  # every training has its own key
        local = {"stay": True}
        self.task = task = tasks.submit(key, own_task.train, asked, local=local, threads=networks.threads())
        self.alone = task.remote
        yield
        try:
            while not task.done:
                task.advance(WAIT if task.remote else 0)
                self._take(task.progress, task.remote)
                yield
            self._keep(asked, task.result())
        except OSError as error:
            if self.visit.job is self:  # otherwise the visit has ended and its folder is gone
                raise data.DataError(f"The model cannot be written ({error.strerror or error}).") from error
        task.forget()
        self.task = None

    def _take(self, progress, remote):
        if progress is None:
            self.alone, self.phase = remote, "Waiting for a worker of the cluster"
            return
        self.share = PREPARED + (TRAINED - PREPARED) * progress.share
        self.phase, self.history, self.grid = progress.phase, progress.history, progress.grid
        self.alone = remote or progress.alone

    def _keep(self, asked, contents):
        """Make the checkpoint a model of the visit, with its pictures; contents: its files, if written elsewhere."""
        from data.own import sets
        from evaluate import own

        visits.folder(self.visit.token)
        for suffix, content in contents.items():
            files.rewrite(checkpoints.path(self.name, suffix), content)
        splits = sets.splits(asked.dataset, asked.images, asked.labels, asked.classes, asked.prepared)
        both = own.together(splits)
        pictures = data.Images(
            splits.name, "all", both.images.numpy(), both.labels.numpy(), splits.classes, "full", splits.note
        )
        keep(self.visit, self.name, pictures)
        if self.visit.job is not self:  # the visit has ended meanwhile
            self.visit.delete()
