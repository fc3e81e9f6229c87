"""A real scheduler and two workers on loopback, started as in docs/deploying.md; and replicas that use them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import weakref

import pytest

import tasks
from tests import unchecked
from tests.test_layers import ROOT

WAIT = 120  # s for steps that are slow on a busy machine
# A task is given up after its second worker has died, so that the test of it need not kill four.
NO_SETS = "/no/full/data/sets"
SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "LATENT_LAB_DATA": NO_SETS,
    "OMP_NUM_THREADS": "1",
}
ORPHANED = "300 s"  # all end by themselves where a test run was killed


def until(condition, what="it"):
    """The first true value of condition(), which is called repeatedly."""
    deadline = time.monotonic() + WAIT
    while not (value := condition()):
        assert time.monotonic() < deadline, f"waited {WAIT} s for {what}"
        time.sleep(0.02)
    return value


@contextlib.contextmanager
def running(folder, workers=2):
    """A scheduler and this many workers; yields its address. All end with it."""
    file = folder / "scheduler.json"

    def start(*arguments):
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *map(str, arguments)],
            cwd=ROOT,
            env=os.environ | SETTINGS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a group of its own, which ends at once
        )

    loopback = ("--host", "127.0.0.1", "--no-dashboard")
    with contextlib.ExitStack() as stack:
        processes = [start("scheduler", *loopback, "--port", 0, "--scheduler-file", file, "--idle-timeout", ORPHANED)]
        stack.callback(end, processes)
        until(file.exists, "the scheduler")
        address = until(lambda: read(file), "its address")
        if workers:
            count = ("--nworkers", workers, "--nthreads", 1, "--local-directory", folder, "--death-timeout", 60)
            processes.append(start("worker", address, *loopback, *count))
        yield address


def read(file):
    with contextlib.suppress(ValueError):
        return json.loads(file.read_text())["address"]


def end(processes):
    """Kill them and the workers that they have started."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError, AttributeError):  # at its end already; Windows has no groups
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler with two workers."""
    unchecked.dask()
    with running(tmp_path_factory.mktemp("cluster")) as address:
        wait_for_workers(address)
        yield address


def wait_for_workers(address):
    """Until both of a scheduler are there."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=WAIT)


@contextlib.contextmanager
def replica():
    """This process as another server: without work that was asked for before, and with a connection of its own."""
    from tasks import cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "_works", weakref.WeakValueDictionary())
        patch.setattr(cluster, "_connections", {})
        patch.setattr(cluster, "_failures", {})
        patch.setattr(cluster, "PATIENCE", WAIT)  # a busy machine must not fail a test
        patch.setattr(cluster, "RECONNECT", WAIT)
        try:
            yield
        finally:
            cluster.forget()


@pytest.fixture
def alone():
    """A server that no other test has used."""
    unchecked.dask()
    with replica():
        yield
