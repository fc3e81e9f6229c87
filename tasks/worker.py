"""Runs work on a worker of the cluster. Imports neither torch nor the work's modules before there is work.

A long function that is not a generator should call `report` now and then, wherever it runs.
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

EVERY = 0.4  # s between two reports of a task
KEPT = 1000  # results that the cluster keeps for later requests
PROGRESS, PINNED = "progress of", "result of"  # prefixes of the Variables' names, before a key
_turn = threading.Lock()  # random numbers and threads belong to the whole process, however a worker was started
_report: ContextVar[Callable[[Any], None] | None] = ContextVar("report", default=None)


def report(progress: Any) -> None:
    """Report a task's progress; raises StoppedError if nobody wants it any more. Does nothing outside a worker."""
    if (send := _report.get()) is not None:
        send(progress)


def run(expected: str, threads: int | None, work: bytes) -> Any:
    """Run work, a pickled (function, arguments); returns its result.

    expected: the requester's code version. Raises ClusterError if this worker has another one, StoppedError if nobody
    wants the result any more, and the function's errors.
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
    """Progress of this thread's task, kept by the scheduler for all who wait for it."""

    def __init__(self):
        from distributed import get_worker

        self.worker = get_worker()
        self.key = self.worker.get_current_task()
        self.sent = 0.0

    def send(self, progress):
        """Store the latest progress, at most once in EVERY seconds."""
        if not self._wanted():
            raise StoppedError("Nobody waits for this any more.")
        if time.monotonic() > self.sent + EVERY:
            self._variable(PROGRESS, self.key).set(pickle.dumps(progress))
            self.sent = time.monotonic()

    def close(self):
        """Delete the progress, which is of no further use."""
        if self.sent:
            with contextlib.suppress(OSError):
                self._variable(PROGRESS, self.key).delete()

    def keep_result(self):
        """Pin the result, and drop the oldest one if there are more than KEPT."""
        from distributed import Queue

        with contextlib.suppress(OSError):
            queue: Any = Queue("latent-lab results", client=self._client())
            queue.put(self.key)
            if queue.qsize() > KEPT:
                self._variable(PINNED, queue.get()).delete()

    def _wanted(self):
        """Whether the task is still wanted: the scheduler has told this worker if not, so no message is needed."""
        state = self.worker.state.tasks.get(self.key)
        return state is not None and state.state != "cancelled"

    def _client(self):
        from distributed import get_client

        return get_client()

    def _variable(self, kind, key):
        from distributed import Variable

        return Variable(f"{kind} {key}", client=self._client())
