"""Studies that compare several trainings, recorded one by one for the app (checkpoints.recorded): one command each."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch

import tasks
from checkpoints import recorded
from evaluate.command import named_file
from train.cli import ERRORS
from train.provenance import versions

Train = Callable[[], dict[str, Any]]
Plan = Iterable[tuple[dict[str, Any], Train | None]]
PRIORITY = -1  # on a cluster, the app's tasks come before studies


@dataclass(frozen=True)
class Cluster:
    """A scheduler's workers, used instead of this process. threads: torch threads per training on a device."""

    address: str
    threads: int
    device: str = "cpu"


def add_cluster(parser: argparse.ArgumentParser) -> None:
    """The option --cluster, which `cluster` reads."""
    words = f"train on the workers of the Dask scheduler that {tasks.SETTING} names"
    parser.add_argument("--cluster", action="store_true", help=words)


def cluster(parser: argparse.ArgumentParser, options: argparse.Namespace, **settings: Any) -> Cluster | None:
    """The Cluster of --cluster, or None without it; ends the process if no scheduler is given.

    settings: of Cluster. By default a training has as many threads as it would have here, for bit-identical results.
    """
    if not options.cluster:
        return None
    if not (address := tasks.address()):
        parser.error(f"--cluster needs {tasks.SETTING}, the address of a scheduler such as tcp://localhost:8786")
    settings.setdefault("threads", torch.get_num_threads())
    return Cluster(address, **settings)


def processes(workers: int) -> ProcessPoolExecutor:
    """A pool of processes with one thread each, for several trainings at once; a context manager."""
    spawn = multiprocessing.get_context("spawn")  # a forked process cannot use a GPU
    return ProcessPoolExecutor(workers, spawn, initializer=torch.set_num_threads, initargs=(1,))


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """End the process with one sentence on Ctrl-C, a full disk or an expected error; for a command's main."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit("\nStopped. Every whole training is kept; the same command goes on with the next.")
    except ERRORS as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(named_file(error))


def study(
    name: str,
    command: str,
    common: dict[str, Any],
    plan: Plan,
    rows: str = "runs",
    pool: Executor | Cluster | None = None,
) -> list[dict[str, Any]]:
    """Run the trainings of a plan that are missing in checkpoints/recorded/NAME.json; returns all runs.

    The file is written after every training, so that a stopped command resumes after the last finished one.
    common: JSON values that all runs share; if those in the file differ, its runs are of another study and are dropped.
    plan: pairs (key, train) in the order of the file. key: JSON values that identify a run; train() -> {"seconds": …,
    measured values}, or None to skip it now. rows: the name of the runs in the file. pool: for several trainings at
    once, instead of one after the other in this process.
    """
    plan = list(plan)
    known = recorded.read(name) if recorded.has(name) else {}
    before = known.get(rows, []) if common.items() <= known.items() else []
    runs = [next((run for run in before if key.items() <= run.items()), None) for key, _ in plan]
    missing = {place: train for place, (_, train) in enumerate(plan) if train and runs[place] is None}
    device = pool.device if isinstance(pool, Cluster) else None
    keys = {place: tasks.key(name, command, device, common, plan[place][0]) for place in missing}
    for place, result in _trained(missing, keys, pool):
        runs[place] = new = plan[place][0] | result
        finished = [run for run in runs if run is not None]
        seconds = round(sum(run["seconds"] for run in finished), 1)
        recorded.write(name, {"command": command, "seconds": seconds} | versions() | common | {rows: finished})
        print(new, flush=True)
    return [run for run in runs if run is not None]


def _trained(
    missing: dict[int, Train], keys: dict[int, str], pool: Executor | Cluster | None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Pairs (position, result of its training), as soon as each is finished."""
    if isinstance(pool, Executor):
        places = {pool.submit(train): place for place, train in missing.items()}
        for one in as_completed(places):
            yield places[one], one.result()
        return
    address, threads = (pool.address, pool.threads) if pool else (None, None)
    asked = {
        tasks.submit(keys[place], train, threads=threads, priority=PRIORITY, at=address): place
        for place, train in missing.items()
    }
    noted = set()
    try:
        for task in tasks.as_completed(asked):
            result = task.result()
            if task.note and task.note not in noted:
                print(task.note, file=sys.stderr, flush=True)
                noted.add(task.note)
            yield asked[task], result
    finally:  # if the command is stopped, the workers stop as well
        for task in asked:
            if not task.done:
                task.cancel()
