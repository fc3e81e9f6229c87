"""Work on a Dask cluster. Requests for the same question, from any machine, share one task.

A Variable under its key holds a task, so that it continues, and its result stays, when the requester is gone.
"""

from __future__ import annotations

import contextlib
import functools
import pickle
import socket
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any
from urllib.parse import urlsplit

from checkpoints.errors import CheckpointError
from data import DataError
from tasks import worker
from tasks.errors import ClusterError, StoppedError, TaskError
from tasks.local import Local
from tasks.version import version

PATIENCE = 5.0  # s to wait for a scheduler's answer
RECONNECT = 3.0  # s for a broken connection to recover
AGAIN = 15.0  # s before a scheduler that did not answer is asked again
POLL = 0.3  # s between two checks of a task's progress
LONELY = 20.0  # s that a task waits while there are no workers
RENEWALS = 5  # times that a task is resubmitted after others cancelled it, or the connection broke
_connecting = threading.Lock()


class Connection:
    """A client of the scheduler at an address; raises ClusterError if there is none, or its workers run other code."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.client: Any  # with blocking calls, which its types do not express
        try:
            place = urlsplit(address)
            if not (place.scheme and place.hostname and place.port):
                raise ValueError
        except ValueError:
            raise ClusterError(f"“{address}” is not the address of a scheduler, such as tcp://localhost:8786") from None
        try:
            from distributed import Client
        except ImportError:
            raise ClusterError("Dask is not installed (pip install -r requirements-cluster.txt)") from None
        try:
            socket.create_connection((place.hostname, place.port), PATIENCE).close()
            self.client = Client(address, timeout=PATIENCE, set_as_default=False, name="latent-lab")
        except (OSError, ValueError, ImportError):
            raise ClusterError(f"no scheduler answers at {address}") from None
        try:
            self.check()
        except Exception:
            self.client.close()
            raise

    @property
    def alive(self) -> bool:
        return self.client.status == "running"

    def check(self) -> None:
        """Raises ClusterError if there are no workers, or some run other code than this process."""
        try:
            answers = self.client.run(worker.version, on_error="return").values()
        except OSError:
            raise ClusterError(f"the scheduler at {self.address} does not answer any more") from None
        if any(isinstance(answer, ImportError | AttributeError) for answer in answers):
            raise ClusterError(f"its workers at {self.address} do not have Latent Lab in their folder")
        versions = {answer for answer in answers if isinstance(answer, str)}  # a worker that is just dying has none
        if not versions:
            raise ClusterError(f"the scheduler at {self.address} has no workers")
        if others := versions - {version()}:
            raise ClusterError(
                f"its workers have another version of Latent Lab ({', '.join(sorted(others))}, not {version()})"
            )

    def workers(self) -> int:
        """The number of workers."""
        return len(self.client.nthreads())

    def variable(self, kind: str, key: str) -> Any:
        """Dask's Variable of that kind for a key."""
        from distributed import Variable

        return Variable(f"{kind} {key}", client=self.client)


_connections: dict[str, Connection] = {}
_failures: dict[str, tuple[float, ClusterError]] = {}


def connection(address: str) -> Connection:
    """The connection of this process to a scheduler. Raises ClusterError if it does not answer, and for the next AGAIN
    seconds without asking it again."""
    with _connecting:
        known = _connections.get(address)
        if known and known.alive:
            return known
        if known:
            _connections.pop(address).client.close(timeout=0)
        moment, failure = _failures.get(address, (0.0, None))
        if failure and time.monotonic() < moment + AGAIN:
            raise failure
        try:
            _connections[address] = Connection(address)
        except ClusterError as error:
            _failures[address] = time.monotonic(), error
            raise
        _failures.pop(address, None)
        return _connections[address]


def forget() -> None:
    """Close all connections; schedulers that did not answer may be asked again."""
    with _connecting:
        for known in _connections.values():
            known.client.close()
        _connections.clear()
        _failures.clear()


class Remote:
    """The same as tasks.local.Local, but by the workers of a scheduler; if they cannot, the work is done here.

    Raises ClusterError at once if the scheduler does not answer.
    """

    def __init__(
        self,
        address: str,
        key: str,
        function: Callable,
        arguments: tuple,
        *,
        local: Callable[[], Any],
        threads: int | None = None,
        priority: int = 0,
    ) -> None:
        self.address, self.key = address, f"{key}-{version()}"
        self.askers: weakref.WeakSet = weakref.WeakSet()
        self.failed = False
        self.progress: Any = None
        self._local: Local | None = None
        self._on_this_machine = local
        self._value: Any = None
        self._finished = False
        import cloudpickle  # comes with Dask, and also pickles unnamed functions

        self._work = version(), threads, cloudpickle.dumps((function, arguments))
        self._priority = priority
        self._renewals = 0
        self._looked, self._peopled = 0.0, time.monotonic()
        self._turn = threading.Lock()
        self._submit()

    @property
    def remote(self) -> bool:
        return self._local is None

    @property
    def note(self) -> str | None:
        """A sentence on why the work is done here after all."""
        return self._local.note if self._local else None

    @property
    def done(self) -> bool:
        return self._finished or (self._local is not None and self._local.done)

    @property
    def settled(self) -> bool:
        """Whether the cluster has finished with it."""
        return self._local is not None or self._future.status != "pending"

    def advance(self, seconds: float) -> None:
        """Wait for about this long, and check the progress. Raises the function's errors, TaskError if it crashed its
        workers, and continues here if the cluster cannot."""
        if self._local is None:
            self._ended.wait(seconds)
            with self._turn:
                if self._local is None and not self._finished:
                    try:
                        self._look()
                    except (ClusterError, CancelledError, OSError) as error:
                        self._go_on_here(error)
                    except Exception:
                        self.failed = True
                        raise
                return
        self._local.advance(seconds)
        self.progress = self._local.progress

    def result(self) -> Any:
        """The function's result; waits for it. Raises as `advance`."""
        while not self.done:
            self.advance(1.0)
        return self._value if self._local is None else self._local.result()

    def forget(self) -> None:
        """Let the scheduler drop the result."""
        if self._local is None and self._connection.alive:
            with contextlib.suppress(OSError, TimeoutError):
                self._connection.variable(worker.PINNED, self.key).delete()
            self._future.release()  # now: a caught exception would keep this object until garbage collection

    def cancel(self) -> None:
        """Stop the work unless another process waits for it."""
        if self._local is not None or self._finished or not self._connection.alive:
            return
        key, mine = self.key, self._connection.client.id

        def waiting(dask_scheduler):  # nested, so that all of it is pickled
            task = dask_scheduler.tasks.get(key)
            return [client.client_key for client in task.who_wants] if task else []

        try:
            clients = self._connection.client.run_on_scheduler(waiting)
            if any(client != mine and not client.startswith("variable-") for client in clients):
                return
            self._connection.variable(worker.PINNED, self.key).delete()
            self._connection.client.cancel([self._future], force=True)
        except (OSError, TimeoutError):
            pass  # the work is gone with its scheduler

    def _submit(self):
        self._connection = connection(self.address)
        self._future = self._connection.client.submit(
            worker.run, *self._work, key=self.key, priority=self._priority, pure=True
        )
        try:
            self._connection.variable(worker.PINNED, self.key).set(self._future, timeout=PATIENCE)
        except (OSError, TimeoutError):
            raise ClusterError(f"the scheduler at {self.address} does not answer any more") from None
        self._ended = threading.Event()
        self._future.add_done_callback(functools.partial(_tell, self._ended))

    def _look(self):
        match self._future.status:
            case "finished":
                self._value, self._finished = self._future.result(timeout=PATIENCE * 10), True
            case "error":
                self._fail(self._future.exception(timeout=PATIENCE))
            case "pending":
                self._look_at_progress()
            case _:  # cancelled by the last other process, or lost with the connection
                self._renew()

    def _look_at_progress(self):
        now = time.monotonic()
        if now < self._looked + POLL:
            return
        self._looked = now
        try:
            self.progress = pickle.loads(self._connection.variable(worker.PROGRESS, self.key).get(timeout=0.05))
        except TimeoutError:  # it is waiting for a worker
            if self._connection.workers():
                self._peopled = now
            elif now > self._peopled + LONELY:
                raise ClusterError(f"the scheduler at {self.address} has no workers any more") from None

    def _renew(self):
        self._renewals += 1
        if self._renewals > RENEWALS:
            raise ClusterError(f"the connection to {self.address} breaks again and again")
        deadline = time.monotonic() + RECONNECT
        while not self._connection.alive and time.monotonic() < deadline:
            time.sleep(0.05)
        if not self._connection.alive:
            raise ClusterError(f"the scheduler at {self.address} does not answer any more")
        self._submit()

    def _fail(self, error):
        """Raise the error that a worker's exception means for the requester."""
        from distributed import KilledWorker

        self._connection.variable(worker.PINNED, self.key).delete()  # so that a new request does not get this failure
        if isinstance(error, StoppedError):  # it was requested again while it was being stopped
            self._renew()
            return
        if isinstance(error, KilledWorker | MemoryError):
            raise TaskError(
                "The workers of the cluster ran out of memory or crashed; choose less work, or give them more memory."
            ) from error
        if isinstance(error, DataError | CheckpointError):
            raise ClusterError(f"a worker says: {str(error).removesuffix('.')}") from error
        if isinstance(error, ImportError | AttributeError):
            raise ClusterError("its workers do not have this code") from error
        raise error

    def _go_on_here(self, error):
        if not isinstance(error, ClusterError):
            error = ClusterError(f"the scheduler at {self.address} does not answer any more")
        self._local = Local(self._on_this_machine, sentence(error))


def sentence(error: ClusterError) -> str:
    """The message if this machine does the work because the cluster cannot."""
    return f"Computed by this machine, not by the cluster: {error}."


def _tell(ended, future):
    ended.set()
