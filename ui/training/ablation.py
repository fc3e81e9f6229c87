"""Self-supervision on and off, over seeds (train/studies/ablation.py), and whether the difference exceeds chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from checkpoints import recorded
from metrics.paired import Difference, difference
from ui import charts, recordings

SIDES = {True: "with the rotation task", False: "without it"}
PLAIN = {"mode": "lines", "showlegend": False, "hoverinfo": "skip"}


def read() -> dict[str, Any] | None:
    """The recorded ablation, {"interval", "runs": [{"rotation", "seed", "frechet"}, …], …}; None if there is none or,
    with a sentence on the page, if it is damaged."""
    return recordings.read("read", "ssgan_ablation") if recorded.has("ssgan_ablation") else None


def distances(ablation: dict[str, Any]) -> dict[bool, np.ndarray]:
    """{True: (seeds, snapshots), False: likewise}: Fréchet distances of the runs with and without the task."""
    return {side: np.array([run["frechet"] for run in ablation["runs"] if run["rotation"] is side]) for side in SIDES}


def chart(ablation: dict[str, Any]) -> go.Figure:
    """A thin line for every run and a thick one for the mean of each side, over the generator's steps."""
    figure = charts.lines({}, x_title="step", y_title="Fréchet distance", log=True)
    for (side, runs), colour in zip(distances(ablation).items(), charts.LINES, strict=False):
        steps = ablation["interval"] * np.arange(1, runs.shape[1] + 1)
        for run in runs:
            figure.add_scatter(x=steps, y=run, line={"color": colour, "width": 1}, opacity=0.5, **PLAIN)
        figure.add_trace(
            go.Scatter(x=steps, y=runs.mean(0), name=SIDES[side], mode="lines", line={"color": colour, "width": 3})
        )
    return figure


def outcome(ablation: dict[str, Any]) -> tuple[Difference, str]:
    """(with − without the task, over pairs with the same seed; a sentence) at the last snapshot.

    ± in the sentence is the standard deviation over the seeds (n − 1).
    """
    last = {
        side: {run["seed"]: run["frechet"][-1] for run in ablation["runs"] if run["rotation"] is side} for side in SIDES
    }
    seeds = sorted(last[True].keys() & last[False].keys())
    found = difference([last[False][seed] for seed in seeds], [last[True][seed] for seed in seeds])
    both = " and ".join(
        f"{np.mean(list(values.values())):.2f} ± {np.std(list(values.values()), ddof=1):.2f} {SIDES[side]}"
        for side, values in last.items()
    )
    if not found.decided:
        verdict = "The interval contains 0, so these runs do not show whether the task helps or harms"
    else:
        verdict = f"The interval excludes 0: the task {'helps' if found.mean < 0 else 'harms'} here"
    interval = f"{found.mean:+.2f} (95%: {found.low:+.2f} to {found.high:+.2f})".replace("-", "−")
    return found, (
        f"At the end: {both}. With the task minus without, over {len(seeds)} pairs of trainings of the same seed: "
        f"{interval}. {verdict}."
    )


def collapses(comparison: dict[str, Any]) -> str:
    """A sentence, with a leading space, about the trainings of a recorded comparison whose samples are nearly all of
    one class; empty if there are none."""
    runs = [run for run in comparison["runs"] if run.get("metrics", {}).get("largest_share", 0) > 0.9]
    found = ", ".join(f"“{run['words']}”, seed {run['seed']}" for run in runs)
    return f" **Look for** the training whose samples are nearly all one digit: {found}." if found else ""


def csv(ablation: dict[str, Any]) -> str:
    """A row for each run and snapshot."""
    rows = [
        ("on" if run["rotation"] else "off", run["seed"], k * ablation["interval"], value)
        for run in ablation["runs"]
        for k, value in enumerate(run["frechet"], 1)
    ]
    return pd.DataFrame(rows, columns=["rotation", "seed", "step", "frechet"]).to_csv(index=False)
