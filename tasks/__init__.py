"""Heavy work: in this process, or on a cluster if LATENT_LAB_CLUSTER names its scheduler.

    task = tasks.submit(tasks.key("metrics", sha256, 1000, 0), measure, "mnist_vae", 1000, 0)
    while not task.done:
        task.advance(0.5)       continue for half a second, or wait for the cluster as long
        print(task.progress)
    task.result()               task.cancel() stops it

A function that yields reports its progress each time, and can be stopped there; its return value is the result. The
same question has the same key: all who ask while it is being answered share the same work.
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
PAUSE = 0.1  # s between two checks of a cluster's tasks
_works: weakref.WeakValueDictionary[tuple[str | None, str], Local | Remote] = weakref.WeakValueDictionary()
_submitting = threading.Lock()


def address() -> str | None:
    """The address of the scheduler for heavy work; None if this process does it."""
    return os.environ.get(SETTING) or None


def key(name: str, *parts: Any) -> str:
    """The key of a question: its name and a digest of its parts, which are JSON values."""
    content = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return f"{name}-{hashlib.sha256(content.encode()).hexdigest()[:24]}"


class Task:
    """One user's request. Several share the work of one key, which continues until none of them wants it."""

    def __init__(self, key: str, work: Local | Remote) -> None:
        self.key, self._work = key, work
        work.askers.add(self)

    @property
    def remote(self) -> bool:
        """Whether a cluster does it: then `advance` waits, without taking a turn of this process."""
        return self._work.remote

    @property
    def note(self) -> str | None:
        """A sentence on why it runs here although there is a cluster."""
        return self._work.note

    @property
    def progress(self) -> Any:
        """The last value that the function yielded; None before."""
        return self._work.progress

    @property
    def done(self) -> bool:
        """Whether the result is available."""
        return self._work.done

    @property
    def settled(self) -> bool:
        """Whether there is nothing to wait for: `result` returns it, computes it, or raises why there is none."""
        return self._work.settled

    def advance(self, seconds: float) -> None:
        """Continue, or wait, for about this long. Raises the function's errors; TaskError if it crashed its workers."""
        self._work.advance(seconds)

    def result(self) -> Any:
        """The function's result; waits for it. Raises as `advance`."""
        return self._work.result()

    def forget(self) -> None:
        """Drop the result, which belonged to one user and will not be requested again."""
        self._work.forget()

    def cancel(self) -> None:
        """This user no longer wants it."""
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
    """Request function(*arguments): a function of a module, with arguments that can be pickled.

    local: keyword arguments for this process, such as objects shared with others. threads: of torch on a worker, the
    same number as here for identical bits. priority: the cluster runs higher ones first. at: the address of a
    scheduler, None for this process, by default that in LATENT_LAB_CLUSTER.
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
    """A Task for work with this key that others already wait for; if there is none, for the result of begin()."""
    with _submitting:
        work = _works.get((at, key))
        if work is None or work.failed:
            work = _works[at, key] = begin()
        return Task(key, work)


def as_completed(tasks: Collection[Task]) -> Iterator[Task]:
    """The tasks, each as soon as it is settled. Those of this process are computed when their result is requested."""
    waiting = list(tasks)
    while waiting:
        for task in [task for task in waiting if task.settled]:
            waiting.remove(task)
            yield task
        if waiting and not any(task.settled for task in waiting):
            time.sleep(PAUSE)
