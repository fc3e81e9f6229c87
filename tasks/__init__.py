"""Heavy work, in this process or on the cluster whose scheduler LATENT_LAB_CLUSTER names.

    task = tasks.submit(tasks.key("metrics", sha256, 1000, 0), measure, "mnist_vae", 1000, 0)
    while not task.done:
        task.advance(0.5)       work on it for half a second, or wait as long for the cluster
        print(task.progress)
    task.result()               task.cancel() stops it

A generator function yields its progress and can be stopped at each yield; its return value is the result. Equal
questions have equal keys: whoever asks while somebody else is waiting for the answer waits for the same work.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any

from tasks.errors import ClusterError, StoppedError, TaskError
from tasks.local import Local
from tasks.worker import report

if TYPE_CHECKING:
    from tasks.cluster import Remote

__all__ = ["ClusterError", "StoppedError", "Task", "TaskError", "address", "as_completed", "key", "report", "submit"]

SETTING = "LATENT_LAB_CLUSTER"
PAUSE = 0.1  # s between two polls of a cluster's tasks
_works: weakref.WeakValueDictionary[tuple[str | None, str], Local | Remote] = weakref.WeakValueDictionary()
_submitting = threading.Lock()


def address() -> str | None:
    """The address of the scheduler for heavy work; None if this process does it."""
    return os.environ.get(SETTING) or None


def key(name: str, *parts: Any) -> str:
    """The key of a question: its name and a digest of the JSON values that distinguish it from others."""
    content = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return f"{name}-{hashlib.sha256(content.encode()).hexdigest()[:24]}"


class Task:
    """One person's request. Requests with the same key share the work, which goes on until all are cancelled."""

    def __init__(self, key: str, work: Local | Remote) -> None:
        self.key, self._work = key, work
        work.askers.add(self)

    @property
    def remote(self) -> bool:
        """Whether a cluster does it: then `advance` only waits and takes no computing time of this process."""
        return self._work.remote

    @property
    def note(self) -> str | None:
        """A sentence on why it is done here although there is a cluster, or None."""
        return self._work.note

    @property
    def progress(self) -> Any:
        """The last value that the function yielded; None before the first."""
        return self._work.progress

    @property
    def done(self) -> bool:
        """Whether the result is there."""
        return self._work.done

    @property
    def settled(self) -> bool:
        """Whether there is nothing to wait for: `result` returns at once, does the work itself, or raises."""
        return self._work.settled

    def advance(self, seconds: float) -> None:
        """Work, or wait, for about so long. Raises the function's errors, and TaskError if workers died of it."""
        self._work.advance(seconds)

    def result(self) -> Any:
        """The function's return value, once it is there. Raises the errors of `advance`."""
        return self._work.result()

    def forget(self) -> None:
        """Free the result, which was for one person only and which nobody will ask for again."""
        self._work.forget()

    def cancel(self) -> None:
        """Withdraw this request."""
        with _submitting:
            self._work.askers.discard(self)
            if self._work.askers:
                return
            for place in [place for place, work in _works.items() if work is self._work]:
                del _works[place]
        self._work.cancel()


def submit(
    key: str,
    function: Callable,
    *arguments: Any,
    local: dict[str, Any] | None = None,
    threads: int | None = None,
    priority: int = 0,
    at: str | None = SETTING,
) -> Task:
    """Request function(*arguments): a module-level function, and arguments that can be pickled.

    local: keyword arguments only for this process, such as shared objects. threads: torch threads on a worker, as many
    as here for bit-identical results. priority: the cluster starts tasks with higher ones first. at: the address of a
    scheduler, None for this process, by default the value of LATENT_LAB_CLUSTER.
    """
    at = address() if at == SETTING else at
    on_this_machine = functools.partial(function, *arguments, **(local or {}))
    if at is None:
        return _shared(None, key, lambda: Local(on_this_machine))
    from tasks import cluster

    try:
        cluster.connection(at)  # before the lock of `_shared`, since it may take seconds
        remote = functools.partial(cluster.Remote, at, key, function, arguments, local=on_this_machine)
        return _shared(at, key, lambda: remote(threads=threads, priority=priority))
    except ClusterError as error:
        note = cluster.sentence(error)
        return _shared(None, key, lambda: Local(on_this_machine, note))


def _shared(at, key, begin):
    """A Task for the existing work with this key; if there is none, for the work returned by begin()."""
    with _submitting:
        work = _works.get((at, key))
        if work is None or work.failed:
            work = _works[at, key] = begin()
        return Task(key, work)


def as_completed(tasks: Collection[Task]) -> Iterator[Task]:
    """The tasks, each as soon as it is settled. Those of this process do their work when `result` is called."""
    waiting = list(tasks)
    while waiting:
        for task in [task for task in waiting if task.settled]:
            waiting.remove(task)
            yield task
        if waiting and not any(task.settled for task in waiting):
            time.sleep(PAUSE)
