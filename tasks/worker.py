"""What a worker of the cluster does with a piece of work. Imports neither torch nor the work itself before it has some.

A long function that is no generator calls `report` now and then, wherever it runs.
"""

from __future__ import annotations

import contextlib
import pickle
import threading
import time
from collections.abc import Callable, Generator
from contextvars import ContextVar
from typing import Any

from tasks.errors import ClusterError, StoppedError
from tasks.version import version

EVERY = 0.4  # s between two reports of a piece of work
KEPT = 1000  # results that the cluster holds for whoever asks again
PROGRESS, PINNED = "progress of", "result of"  # names of Variables, in front of a key
_turn = threading.Lock()  # random numbers and threads are those of the whole process, however a worker was started
_report: ContextVar[Callable[[Any], None] | None] = ContextVar("report", default=None)


def report(progress: Any) -> None:
    """Say how far a piece of work is; StoppedError where nobody wants it any more. In this process nothing happens."""
    if (send := _report.get()) is not None:
        send(progress)


def run(expected: str, threads: int | None, work: bytes) -> Any:
    """Carry out work, a pickled (function, arguments); returns its result.

    expected: the version of the code of whoever asks. Raises ClusterError where this worker has another one,
    StoppedError where nobody wants the result any more, and what the function raises.
    """
    if version() != expected:
        raise ClusterError(f"its workers have another version of Latent Lab ({version()}, not {expected})")
    with _turn:
        function, arguments = pickle.loads(work)
        if threads is not None:
            import torch

            torch.set_num_threads(threads)
        reports = _Reports()
        token = _report.set(reports.send)
        try:
            steps = function(*arguments)
            result = _carried_out(steps, reports) if isinstance(steps, Generator) else steps
        finally:
            _report.reset(token)
            reports.close()
        reports.keep_result()
        return result


def _carried_out(steps, reports):
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            return end.value
        try:
            reports.send(progress)
        except StoppedError:
            steps.close()
            raise


class _Reports:
    """Progress of the task that this thread runs, kept by the scheduler for everybody who waits for it."""

    def __init__(self):
        from distributed import get_worker

        self.worker = get_worker()
        self.key = self.worker.get_current_task()
        self.sent = 0.0

    def send(self, progress):
        """Keep what was reported last; not more often than EVERY so many seconds."""
        if not self._wanted():
            raise StoppedError("Nobody waits for this any more.")
        if time.monotonic() > self.sent + EVERY:
            self._variable(PROGRESS, self.key).set(pickle.dumps(progress))
            self.sent = time.monotonic()

    def close(self):
        """What was reported is of no use any more."""
        if self.sent:
            with contextlib.suppress(OSError):
                self._variable(PROGRESS, self.key).delete()

    def keep_result(self):
        """Of all results that were pinned the oldest is let go where there are more than KEPT."""
        from distributed import Queue

        with contextlib.suppress(OSError):
            queue: Any = Queue("latent-lab results", client=self._client())
            queue.put(self.key)
            if queue.qsize() > KEPT:
                self._variable(PINNED, queue.get()).delete()

    def _wanted(self):
        """The scheduler has told this worker when it cancelled the task: no message is needed to know."""
        state = self.worker.state.tasks.get(self.key)
        return state is not None and state.state != "cancelled"

    def _client(self):
        from distributed import get_client

        return get_client()

    def _variable(self, kind, key):
        from distributed import Variable

        return Variable(f"{kind} {key}", client=self._client())
