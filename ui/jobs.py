"""Work that one person starts and stops, and that advances a little on every run of the page.

One piece of heavy work runs at a time, so that two cores shared by a class stay usable when everybody starts some.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

import checkpoints
import data
from ui import networks


@dataclass(kw_only=True)
class Job:
    """A subclass has `finished` and `work(until)`, which returns at about that time of time.perf_counter()."""

    stopped: bool = False
    problem: str | None = None

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
        on_click=job.stop if going else start,
        disabled=disabled,
        type="secondary" if going else "primary",
        width="stretch",
    )
