"""How the settings of a network were chosen: validation over a grid, and the training curves."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from checkpoints import Card, recorded
from checkpoints.recorded.validation_runs import Setting, Validation
from ui import charts
from ui.images.classify.sets import PictureSet

CURVES = {
    "valid_accuracy": "accuracy, validation pictures",
    "accuracy": "accuracy, train pictures",
    "valid_loss": "loss, validation pictures",
    "loss": "loss, train pictures",
}
SEARCHED = "CNN without augmentation"
SMOOTHING = 0.05  # of the labels in train.objectives.cross_entropy


def study(card: Card) -> Validation | None:
    """The recorded trainings of a network's recipe; None if there are none. Raises CheckpointError if damaged."""
    name = f"validation_{card.name}"
    return recorded.validation(card.name) if recorded.has(name) else None


def described(runs: Validation) -> str:
    """Which pictures are for training and for validation, and the number of seeds in a mean."""
    seeds = len(runs.seeds)
    mean = "one training" if seeds == 1 else f"means of {'up to ' * is_grid(runs)}{seeds} trainings"
    mean += " for each setting" if is_grid(runs) else ""
    note, pictures = runs.dataset["note"], runs.dataset.get("pictures")
    return f"{note}{f' ({pictures})' if pictures else ''}; {mean}. The test pictures had no part in it."


def smoothed(card: Card, classes: int) -> str | None:
    """Why the loss of a network trained with smoothed labels does not reach 0; None if its labels were not smoothed."""
    if card.recipe.get("objective") != "train.objectives.cross_entropy":
        return None
    rest = SMOOTHING / classes
    right = 1 - SMOOTHING + rest
    least = -right * math.log(right) - (classes - 1) * rest * math.log(rest)  # entropy of the labels
    return (
        f"The labels are smoothed against overconfidence: {right:.1%} for the right class, and the rest for the others "
        f"in equal parts. So the loss cannot fall below {least:.2f} nats."
    )


def table(runs: Validation) -> pd.DataFrame:
    """A row for each epoch of every training."""
    rows = [
        {"batch": run.batch, "learning_rate": run.learning_rate, "seed": run.seed, "epoch": epoch + 1}
        | {curve: getattr(run, curve)[epoch] for curve in CURVES}
        for run in runs.runs
        for epoch in range(len(run.loss))
    ]
    return pd.DataFrame(rows)


def is_grid(runs: Validation) -> bool:
    return len(runs.batches) * len(runs.learning_rates) > 1


def searched(one: PictureSet) -> Validation | None:
    """The trainings of the set's CNN in a grid of settings; None if there are none. Its weights may be missing."""
    name = one.searched
    return recorded.validation(name) if name and recorded.has(f"validation_{name}") else None


def heat(runs: Validation, epochs: int) -> go.Figure:
    """Validation accuracy in per cent after `epochs` epochs: a row for each batch size, a column for each rate."""
    rates, batches = runs.learning_rates, runs.batches
    values, texts = [], []
    for batch in batches:
        row = [Setting(batch, rate, epochs) for rate in rates]
        known = [bool(runs.of(batch, rate)) for rate in rates]
        values.append([100 * runs.mean(one) if trained else None for one, trained in zip(row, known, strict=True)])
        texts.append([_text(runs, one) if trained else "" for one, trained in zip(row, known, strict=True)])
    every = [100 * runs.mean(one) for one in runs.settings]
    best = runs.best
    marked = (rates.index(best.learning_rate), batches.index(best.batch)) if best.epochs == epochs else None
    return charts.heat(
        values,
        texts=texts,
        x=[f"{rate:g}" for rate in rates],
        y=[str(batch) for batch in batches],
        x_title="learning rate",
        y_title="batch",
        limits=(min(every), max(every)),
        marked=marked,
    )


def _text(runs, setting):
    deviation = runs.deviation(setting)
    return f"{100 * runs.mean(setting):.1f}" + ("" if deviation is None else f" ± {100 * deviation:.1f}")


def chosen(runs: Validation) -> str:
    """The chosen settings, and the figure that decided; if they have more trainings than others, that figure, too."""
    best = runs.best
    values = runs.values(best)
    text = (
        f"batch {best.batch}, learning rate {best.learning_rate:g}, {best.epochs} epochs: "
        f"{_text(runs, best)}% of the validation pictures"
    )
    if is_grid(runs) and len(values) > min(len(runs.of(one.batch, one.learning_rate)) for one in runs.settings):
        text += (
            f", a mean of {len(values)} trainings. It was chosen by the first of them ({values[0]:.1%}), and "
            "the other settings were trained once, so the order of settings is uncertain"
        )
    return text


def curves(runs: Validation, rate: float, curve: str) -> go.Figure:
    """One of CURVES over the epochs, means over the seeds, a line for each batch size with this learning rate."""
    columns = {}
    for batch in runs.batches:
        each = [getattr(run, curve) for run in runs.of(batch, rate)]
        if each:
            columns[f"batch {batch}"] = [sum(values) / len(values) for values in zip(*each, strict=True)]
    figure = charts.lines(columns, x_title="epoch", y_title="nats" if "loss" in curve else "share", height=240)
    every = [value for run in runs.runs for value in getattr(run, curve)]
    low, high = (0, sorted(every)[int(0.98 * len(every))]) if "loss" in curve else (min(every), 1)
    return figure.update_yaxes(range=[low, 1.02 * high])
