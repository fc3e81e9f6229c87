"""Several trainings that are compared, recorded for the app one by one (checkpoints.recorded): one command each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from checkpoints import recorded
from train.provenance import versions

Plan = Iterable[tuple[dict[str, Any], Callable[[], dict[str, Any]]]]


def study(name: str, command: str, common: dict[str, Any], plan: Plan, rows: str = "runs") -> list[dict[str, Any]]:
    """Carry out the trainings of a plan that checkpoints/recorded/NAME.json lacks; returns all of them.

    Written after every training, so that a command that was stopped goes on behind the last whole one.
    common: JSON values that all runs share; where the file has others, its runs are of another study and none is kept.
    plan: pairs (key, train) in the order of the file. key: JSON values that tell a run from the others; train() ->
    {"seconds": …, what was measured}. rows: what the file calls its runs.
    """
    plan = list(plan)
    known = recorded.read(name) if recorded.has(name) else {}
    before = known.get(rows, []) if common.items() <= known.items() else []
    runs = [next((run for run in before if key.items() <= run.items()), None) for key, _ in plan]
    for place, (key, train) in enumerate(plan):
        if runs[place] is not None:
            continue
        runs[place] = new = key | train()
        finished = [run for run in runs if run is not None]
        seconds = round(sum(run["seconds"] for run in finished), 1)
        recorded.write(name, {"command": command, "seconds": seconds} | versions() | common | {rows: finished})
        print(new, flush=True)
    return [run for run in runs if run is not None]
