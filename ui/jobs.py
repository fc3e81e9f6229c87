"""Work that one person starts, sees advance a little on every run of the page, and can stop; one piece at a time."""

import threading
import time
from dataclasses import dataclass

import streamlit as st

import checkpoints
import data
from ui import networks


@dataclass(kw_only=True)
class Job:
    """A subclass has `finished` and `work(until)`, which goes on until about that time of time.perf_counter()."""

    stopped: bool = False
    problem: str | None = None

    @property
    def going(self):
        return not (self.stopped or self.problem or self.finished)

    def stop(self):
        self.stopped = True

    def advance(self, seconds):
        """Work for about so long; what cannot start or diverges leaves one sentence in `problem`."""
        networks.warm().join()
        try:
            self.work(time.perf_counter() + seconds)
        except (ValueError, FloatingPointError, data.DataError, checkpoints.CheckpointError) as error:
            self.problem = str(error)


@st.cache_resource(show_spinner=False)
def lock():
    """A lock for a heavy piece of work of at most about half a second: `with jobs.lock(): …`.

    Two cores that a class shares stay usable when everybody presses the button: the others wait for their turn.
    """
    return threading.Lock()
