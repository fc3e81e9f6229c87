"""Work that one person starts, sees advance a little on every run of the page, and can stop."""

import time
from dataclasses import dataclass

import checkpoints
import data
from ui import pick


@dataclass(kw_only=True)
class Live:
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
        pick.warm().join()
        try:
            self.work(time.perf_counter() + seconds)
        except (ValueError, FloatingPointError, data.DataError, checkpoints.CheckpointError) as error:
            self.problem = str(error)
