"""Self-supervision on and off, over seeds (train/studies/ablation.py), and whether the difference is more than luck."""

import numpy as np
import plotly.graph_objects as go

from checkpoints import recorded
from ui import charts, recordings

NAMES = {True: "with the rotation task", False: "without it"}
_PLAIN = {"mode": "lines", "showlegend": False, "hoverinfo": "skip"}


def read():
    """The recorded ablation, or None (with a sentence where it is damaged)."""
    return recordings.read("read", "ssgan_ablation") if recorded.has("ssgan_ablation") else None


def columns(found):
    """{True: (seeds, stages), False: likewise}: Fréchet distances of the runs with and without the task."""
    return {
        rotation: np.array([run["frechet"] for run in found["runs"] if run["rotation"] is rotation])
        for rotation in NAMES
    }


def chart(found):
    """A thin line for every run, a thick one for the mean of each side, over the generator's steps."""
    figure = charts.lines({}, x_title="step", y_title="Fréchet distance", log=True)
    for (rotation, runs), colour in zip(columns(found).items(), charts.PALETTE, strict=False):
        steps = found["interval"] * np.arange(1, runs.shape[1] + 1)
        for run in runs:
            figure.add_scatter(x=steps, y=run, line={"color": colour, "width": 1}, opacity=0.5, **_PLAIN)
        figure.add_trace(
            go.Scatter(x=steps, y=runs.mean(0), name=NAMES[rotation], mode="lines", line={"color": colour, "width": 3})
        )
    return figure


def outcome(found):
    """(difference of the means, larger spread of the two sides, sentence) at the last stage.

    The spread is the standard deviation over the seeds (n − 1).
    """
    last = {rotation: runs[:, -1] for rotation, runs in columns(found).items()}
    means = {rotation: values.mean() for rotation, values in last.items()}
    spread = max(values.std(ddof=1) for values in last.values())
    difference = means[False] - means[True]
    told = " and ".join(
        f"{means[rotation]:.2f} ± {last[rotation].std(ddof=1):.2f} {name}" for rotation, name in NAMES.items()
    )
    if abs(difference) <= spread:
        words = "smaller than the spread over the seeds: these runs do not show that the task helps or harms"
    else:
        words = f"larger than the spread over the seeds: the task {'helps' if difference > 0 else 'harms'} here"
    return difference, spread, f"At the end: {told}. The difference of {abs(difference):.2f} is {words}."


def csv(found):
    """One row per run and stage."""
    rows = ["rotation,seed,step,frechet"]
    for run in found["runs"]:
        for k, value in enumerate(run["frechet"], 1):
            rows.append(f"{'on' if run['rotation'] else 'off'},{run['seed']},{k * found['interval']},{value}")
    return "\n".join(rows) + "\n"
