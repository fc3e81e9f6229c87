"""Metrics computed for one visitor, a little in every run of the page (see evaluate/measured.py)."""

import dataclasses
from dataclasses import dataclass

import streamlit as st

import tasks
from checkpoints import Card
from evaluate import catalogue, measured
from evaluate.results import Results
from ui import inception_weights, networks
from ui.jobs import TaskJob

LEAST, LIMIT = 10, 10_000  # samples
QUICK, FULL = 1000, 10_000


def forget() -> None:
    """Discard this visitor's results; a running computation continues."""
    st.session_state["scores"], st.session_state["score pictures"] = {}, {}
    run = st.session_state.get("metrics run")
    if run is not None and not run.going:
        st.session_state["metrics run"] = None


@dataclass
class Run(TaskJob, Results):
    """A computation of `metrics` for a model with n samples of a seed; raises ValueError for invalid settings.

    Metrics that a model does not have are left out: `notes` gives the reasons, one sentence each. source: of the codes,
    see ui/explore/priors.py.
    """

    card: Card
    metrics: tuple
    n: int
    seed: int
    source: str = "prior"

    def __post_init__(self):
        if not self.metrics:
            raise ValueError("Choose at least one metric.")
        if not LEAST <= self.n <= LIMIT:
            raise ValueError(f"The number of samples must lie between {LEAST} and {LIMIT:,}, not {self.n:,}.")
        self.missing = self.notes = catalogue.missing(self.card, self.metrics)
        known = catalogue.METRICS
        self.metrics = tuple(name for name in known if name in self.metrics and not known[name].missing(self.card))
        if not self.metrics:
            raise ValueError(" ".join(self.notes))

    def submit(self) -> tasks.Task:
        asked = self.card, self.metrics, self.n, self.seed, self.source
        return tasks.submit(
            measured.key(*asked),
            measured.measure,
            *measured.question(*asked),
            local={"network": networks.shared, "inception": _inception},
            threads=networks.threads(),
            at=None if self.card.own else tasks.SETTING,  # a cluster does not have the pictures of a visit
        )

    @property
    def words(self) -> str:
        """Which pictures are being measured, and the progress: real ones are measured before the samples."""
        if not self.total:
            return "waiting for its turn"
        return f"{self.doing} {self.done:,} of {self.of:,}" if self.doing else "loading"

    def take(self, progress: Results) -> None:
        for field in dataclasses.fields(Results):
            setattr(self, field.name, getattr(progress, field.name))
        self.notes = self.missing + progress.notes


def _inception():
    """Inception's network; None while it is being loaded."""
    return inception_weights.network() if inception_weights.loaded() else None
