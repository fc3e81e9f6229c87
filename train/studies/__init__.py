"""Several trainings that are compared, recorded for the app one by one (checkpoints.recorded): one command each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, as_completed
from typing import Any

from checkpoints import recorded
from train.provenance import versions

Train = Callable[[], dict[str, Any]]
Plan = Iterable[tuple[dict[str, Any], Train | None]]


def study(
    name: str,
    command: str,
    common: dict[str, Any],
    plan: Plan,
    rows: str = "runs",
    pool: Executor | None = None,
) -> list[dict[str, Any]]:
    """Carry out the trainings of a plan that checkpoints/recorded/NAME.json lacks; returns all of them.

    Written after every training, so that a command that was stopped goes on behind the last whole one.
    common: JSON values that all runs share; where the file has others, its runs are of another study and none is kept.
    plan: pairs (key, train) in the order of the file. key: JSON values that tell a run from the others; train() ->
    {"seconds": …, what was measured}, or None where it is not to be trained now. rows: what the file calls its runs.
    pool: where several are trained at once, instead of one after the other in this process.
    """
    plan = list(plan)
    known = recorded.read(name) if recorded.has(name) else {}
    before = known.get(rows, []) if common.items() <= known.items() else []
    runs = [next((run for run in before if key.items() <= run.items()), None) for key, _ in plan]
    missing = {place: train for place, (_, train) in enumerate(plan) if train and runs[place] is None}
    for place, result in _trained(missing, pool):
        runs[place] = new = plan[place][0] | result
        finished = [run for run in runs if run is not None]
        seconds = round(sum(run["seconds"] for run in finished), 1)
        recorded.write(name, {"command": command, "seconds": seconds} | versions() | common | {rows: finished})
        print(new, flush=True)
    return [run for run in runs if run is not None]


def _trained(missing: dict[int, Train], pool: Executor | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Pairs (place, what its training gave), as soon as there is one."""
    if pool is None:
        yield from ((place, train()) for place, train in missing.items())
        return
    places = {pool.submit(train): place for place, train in missing.items()}
    for one in as_completed(places):
        yield places[one], one.result()
