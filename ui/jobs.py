"""Work that one person starts and stops, and that advances a little on every run of the page.

One piece of heavy work runs at a time, so that two cores shared by a class stay usable when everybody starts some.
"""

from __future__ import annotations

import abc
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

import checkpoints
import data
from ui import networks


@dataclass(kw_only=True)
class Job(abc.ABC):
    """A subclass says what the work is, and when it is over."""

    stopped: bool = False
    problem: str | None = None

    @property
    @abc.abstractmethod
    def finished(self) -> bool:
        """Whether all of the work is done."""

    @abc.abstractmethod
    def work(self, until: float) -> None:
        """Go on until about that time of time.perf_counter()."""

    @property
    def going(self) -> bool:
        return not (self.stopped or self.problem or self.finished)

    def stop(self) -> None:
        self.stopped = True

    def advance(self, seconds: float) -> None:
        """Work for about so long; where it cannot start, or diverges, `problem` says why."""
        networks.warm().join()
        try:
            self.work(time.perf_counter() + seconds)
        except (ValueError, FloatingPointError, data.DataError, checkpoints.CheckpointError) as error:
            self.problem = str(error)


@st.cache_resource(show_spinner=False)
def lock() -> threading.Lock:
    """The lock for a piece of heavy work of at most about half a second: `with jobs.lock(): …`."""
    return threading.Lock()


def start_or_stop(job: Job | None, label: str, start: Callable[[], None], *, key: str, disabled: bool) -> None:
    """A button that starts a job and stops it while it is going.

    One button with one key: two in turns would stand beside each other until the job is over.
    """
    going = job is not None and job.going
    st.button(
        "Stop" if going else label,
        key=key,
        icon=":material/stop:" if going else ":material/play_arrow:",
        on_click=job.stop if job is not None and going else start,
        disabled=disabled,
        type="secondary" if going else "primary",
        width="stretch",
    )


def show_state(job: Job | None, steps: tuple[int, int] | None, problem: str | None = None) -> None:
    """What stands below that button: what is wrong with the settings or went wrong, and how far the job is.

    steps: (taken, of how many), None before the first.
    """
    problem = problem or (job.problem if job else None)
    if problem:
        st.error(problem)
    if job is not None and steps is not None:
        state = "stopped" if job.stopped else "finished" if job.finished else "training"
        st.progress(steps[0] / steps[1], f"Step {steps[0]:,} of {steps[1]:,}, {state}")
