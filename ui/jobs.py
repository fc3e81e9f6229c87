"""Work that a user starts and stops, and that advances a little in every run of the page.

Only one heavy computation runs at a time, so that two cores stay usable when a whole class starts some. Work on a
cluster (tasks/) does not wait for its turn.
"""

from __future__ import annotations

import abc
import contextlib
import functools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

import checkpoints
import data
import tasks
from ui import networks
from ui.components.next_run import next_run

LONGEST = 1.0  # s of a turn, since others wait for theirs


@dataclass(kw_only=True)
class Job(abc.ABC):
    """Base class: a subclass defines the work, and when it is finished."""

    stopped: bool = False
    problem: str | None = None

    @property
    @abc.abstractmethod
    def finished(self) -> bool:
        """Whether all of the work is done."""

    @abc.abstractmethod
    def work(self, until: float) -> None:
        """Continue until about this value of time.perf_counter()."""

    @property
    def going(self) -> bool:
        return not (self.stopped or self.problem or self.finished)

    @property
    def note(self) -> str | None:
        """A sentence about where the work runs, if it does not run where it should."""
        return None

    def turn(self) -> contextlib.AbstractContextManager:
        """A context held while the work advances: one heavy computation at a time."""
        return lock()

    def stop(self) -> None:
        self.stopped = True

    def advance(self, seconds: float) -> None:
        """Work for about this many seconds; if it cannot start or diverges, `problem` says why."""
        networks.warm().join()
        try:
            with self.turn():
                self.work(time.perf_counter() + seconds)
        except (ValueError, FloatingPointError, data.DataError, checkpoints.CheckpointError, tasks.TaskError) as error:
            self.problem = str(error)


@dataclass(kw_only=True)
class TaskJob(Job):
    """A job that runs as a task, shared by all who ask for the same. A subclass submits it and takes its progress."""

    task: tasks.Task | None = None

    @abc.abstractmethod
    def submit(self) -> tasks.Task:
        """Request the work."""

    @abc.abstractmethod
    def take(self, progress: Any) -> None:
        """Keep the task's latest progress, or its result."""

    @property
    def finished(self) -> bool:
        return self.task is not None and self.task.done

    @property
    def note(self) -> str | None:
        return self.task.note if self.task else None

    def turn(self) -> contextlib.AbstractContextManager:
        if self.task is None:
            self.task = self.submit()
        return contextlib.nullcontext() if self.task.remote else lock()

    def work(self, until: float) -> None:
        assert self.task is not None  # set by `turn`
        try:
            self.task.advance(until - time.perf_counter())
        finally:
            state = self.task.result() if self.task.done else self.task.progress
            if state is not None:
                self.take(state)

    def stop(self) -> None:
        super().stop()
        if self.task is not None:
            self.task.cancel()


@dataclass
class Turns:
    """Number of page runs that worked, the latest run the browser has drawn, and how long its answer took (seconds)."""

    sent: int = 0
    drawn: int = 0
    sent_at: float = 0.0
    took: float = 0.0

    def hear(self, number: object) -> None:
        """Handle a run number reported by the browser, which is not trusted."""
        if number == self.sent != self.drawn:
            self.drawn, self.took = self.sent, time.perf_counter() - self.sent_at


def go_on(work: Callable[[float], object], seconds: float) -> None:
    """Work for about this many seconds at the end of a page, and rerun it when the browser has drawn this run.

    Without that, runs would fill Streamlit's queue of messages if the browser or the network is slower: the page shows
    an old state, a press of Stop arrives late, and with a full queue (500 messages) Streamlit treats the browser as
    disconnected, which the browser never learns. For a slow browser the work lasts as long as its answer took, at most
    LONGEST.
    """
    turns = st.session_state.setdefault("turns of jobs", Turns())
    if turns.drawn == turns.sent:
        turns.sent += 1  # first, so that a run that begins meanwhile does not work as well
        work(max(seconds, min(turns.took, LONGEST)))
        turns.sent_at = time.perf_counter()
    next_run(turns.sent, turns.hear)


@st.cache_resource(show_spinner=False)
def lock() -> threading.Lock:
    """The lock for a heavy computation of at most about a second: `with jobs.lock(): …`."""
    return threading.Lock()


def result(task: tasks.Task) -> Any:
    """A task's result, for a page that waits for it; others get their turn between its steps."""
    while not task.done:
        with contextlib.nullcontext() if task.remote else lock():
            task.advance(0.5 if task.remote else 0)
    return task.result()


def start_or_stop(
    job: Job | None,
    label: str,
    start: Callable[[], None],
    *,
    key: str,
    disabled: bool = False,
    icon: str = ":material/play_arrow:",
    stop: str = "Stop",
) -> None:
    """A button that starts a job, and stops it while it runs. Place it after all settings that `start` reads.

    There is one button with one key: two alternating ones would both be visible until the job is over.
    A press starts the job when the next run reaches this place. A callback would use the values of the previous run:
    typing a number and pressing the button at once sends both together, and the job would get the old number.
    """
    going, pressed = job is not None and job.going, f"{key}: pressed"
    if pressed in st.session_state:
        starts = not (going or disabled)
        if starts:
            start()
        del st.session_state[pressed]
        if starts:
            st.rerun()
    st.button(
        stop if going else label,
        key=key,
        icon=":material/stop:" if going else icon,
        on_click=job.stop if job is not None and going else functools.partial(st.session_state.update, {pressed: True}),
        disabled=disabled,
        type="secondary" if going else "primary",
        width="stretch",
    )


def show_state(job: Job | None, steps: tuple[int, int] | None, problem: str | None = None) -> None:
    """Below that button: problems with the settings or the job, and the job's progress.

    steps: (done, total), None before the first.
    """
    problem = problem or (job.problem if job else None)
    if problem:
        st.error(problem)
    if job is not None and steps is not None:
        state = "stopped" if job.stopped else "finished" if job.finished else "training"
        st.progress(steps[0] / steps[1], f"Step {steps[0]:,} of {steps[1]:,}, {state}")
    if job is not None and job.note:
        st.caption(job.note)
