"""Metrics computed for one person, a little on every run of the page (see evaluate/measurement.py)."""

import time
from dataclasses import dataclass

import numpy as np
import streamlit as st

from checkpoints import Card
from evaluate import catalogue
from evaluate.results import Results
from ui import inception_weights, networks
from ui.explore import priors
from ui.jobs import Job

LEAST, LIMIT = 10, 10_000  # samples
QUICK, FULL = 1000, 10_000
SHOWN = 10  # pictures beside a number


def forget() -> None:
    """Throw away this person's results; a computation that is under way goes on."""
    st.session_state["scores"], st.session_state["score pictures"] = {}, {}
    run = st.session_state.get("metrics run")
    if run is not None and not run.going:
        st.session_state["metrics run"] = None


@dataclass
class Run(Job, Results):
    """A computation of `metrics` for a model with n samples of a seed; ValueError for what cannot be computed.

    Metrics that a model has not are left out: `notes` says why in a sentence each. source: of the codes, see
    ui/explore/priors.py.
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
        self.notes = catalogue.missing(self.card, self.metrics)
        known = catalogue.METRICS
        self.metrics = tuple(name for name in known if name in self.metrics and not known[name].missing(self.card))
        if not self.metrics:
            raise ValueError(" ".join(self.notes))
        self.first = None  # SHOWN of the samples, (SHOWN, C, H, W) uint8, as soon as there are some
        self._steps = None
        self._finished = False

    @property
    def finished(self) -> bool:
        return self._finished

    def work(self, until: float) -> None:
        """Go on until about then, at least one step."""
        if self._steps is None:
            self._steps = self._measurement().steps()
        while not self._finished:
            self._finished = next(self._steps, "end") == "end"
            if time.perf_counter() > until:
                return

    def _measurement(self):
        from evaluate.measurement import Measurement

        return Measurement(
            self,
            self.card,
            self.metrics,
            self.n,
            samples=self._samples,
            of_samples="" if self.source == "prior" else " of the second stage",
            seed=self.seed,
            network=networks.model,
            inception=lambda: inception_weights.network() if inception_weights.loaded() else None,
        )

    def _samples(self, start, count):
        """Samples start to start + count, (count, C, H, W) uint8."""
        codes = priors.draw(self.card, self.source, np.random.default_rng([self.seed, start]), count)
        pictures = networks.decode(self.card, codes)
        if self.first is None:
            self.first = pictures[:SHOWN]
        return pictures
