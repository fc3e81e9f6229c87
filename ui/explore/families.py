"""A flow compared with a VAE and a GAN of the same data, and its distance by number of steps. Needs no torch."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from checkpoints import Card, floors
from evaluate import references
from ui import charts, networks
from ui.evaluate import card_figures
from ui.explore import recorded_flows
from ui.explore.recorded_flows import Recording

RECORDED = "flow_steps"
SOLVERS = {"euler": "Euler", "midpoint": "midpoint", "heun": "Heun"}
STEPS = 8  # of the midpoint rule, for the flow's row in the table
CANNOT = {  # what each family cannot do, and what it can
    "vae": "**Cannot** draw sharp pictures: where several fit a code, it draws their mean. **Can** encode a picture in "
    "one pass, and give a bound on log p(x).",
    "gan": "**Cannot** encode a picture or say how probable it is, and may leave out kinds of pictures. **Can** draw "
    "sharp pictures in one pass.",
    "flow": "**Cannot** draw in one pass, and no number of its code means anything alone. **Can** draw a class that is "
    "asked for and encode, with the same network.",
}


def steps_of(card: Card) -> Recording | None:
    """What train/recordings/flow_steps.py recorded for exactly these weights; None if nothing."""
    return recorded_flows.of(card, RECORDED, "The distances by the number of steps")


def curves(card: Card, steps: Recording) -> tuple[go.Figure, pd.DataFrame]:
    """(Fréchet distance against network evaluations, with a curve for each solver; the same as a table)."""
    ways = steps.row["ways"]
    across = sorted({way["evaluations"] for way in ways})
    values = {
        name: [
            next((w["frechet"] for w in ways if (w["solver"], w["evaluations"]) == (solver, count)), None)
            for count in across
        ]
        for solver, name in SOLVERS.items()
        if any(way["solver"] == solver for way in ways)
    }
    floor = recorded_flows.floor(card, steps)
    if floor is not None:
        values["real pictures"] = [floor.value] * len(across)
    own = dict(zip(SOLVERS.values(), (charts.PALETTE[3], charts.PALETTE[2], charts.PALETTE[4]), strict=True))
    colours = [own.get(name, charts.REAL) for name in values]
    figure = charts.lines(
        values,
        x=across,
        x_title="evaluations of the network for a picture",
        y_title="Fréchet distance",
        log=True,
        colours=colours,
    )
    figure.update_traces(mode="lines+markers", connectgaps=True)
    ticks = [count for count in across if count & (count - 1) == 0]  # powers of 2: 15 and 16 would overlap
    figure.update_xaxes(type="log", tickvals=ticks, ticktext=[str(count) for count in ticks], tickangle=0)
    return figure, pd.DataFrame(ways)


def about_classes(card: Card, steps: Recording) -> str:
    """How equally frequent classes change a distance, shown by real pictures; empty if not recorded."""
    even, plain = (recorded_flows.floor(card, steps, metric) for metric in (floors.EVEN, "frechet"))
    if even is None or plain is None:
        return ""
    return (
        f" With so few pictures, equal numbers of each class alone reduce the distance: real pictures have "
        f"{even.value:.2g} with them, and {plain.value:.2g} in natural proportions, which the VAE and the GAN have."
    )


def beside(card: Card) -> list[Card]:
    """The cards of a VAE, a GAN and the flow."""
    return [*references.beside(card), card]


def samples(card: Card, count: int = 20) -> np.ndarray | None:
    """Recorded samples (count, C, H, W) uint8 of random codes; None if there are none."""
    pictures = networks.preview(card).get("prior")
    return None if pictures is None else pictures[:count]


def table(cards: list[Card], steps: Recording | None) -> pd.DataFrame:
    """A row for each model: its distance, and the cost of a picture."""
    return pd.DataFrame([_row(card, steps) for card in cards])


def _row(card, steps):
    found = None if steps is None else _recorded(card, steps)
    key = f"frechet_{card.dataset['name']}_10k"
    if found is not None:
        distance = card_figures.value("frechet", found["frechet"], found["frechet_spread"])
    elif key in card.metrics:
        distance = card_figures.value("frechet", card.metrics[key], card.metrics.get(f"{key}_spread", np.nan))
    else:
        distance = "not measured"
    passes = (found or {}).get("evaluations", card.kind.passes)  # for the samples of this distance
    distance = distance.replace(" ± ", "\u00a0±\u00a0")  # in one line, also on a phone
    row = {"": card.kind.title, "Fréchet distance": distance, "passes of the network": passes}
    if found is not None and "milliseconds" in found:
        row["time of a picture"] = f"{found['milliseconds']:.3g} ms"
    return row


def _recorded(card, steps):
    """The figures of a model; for a flow distance, evaluations and time of STEPS steps of the midpoint rule."""
    if card.family != "flow":
        found = steps.row["beside"].get(card.name)
        return found if found is not None and found["sha256"] == card.sha256 else None
    same = [way for way in steps.row["ways"] if (way["solver"], way["steps"]) == ("midpoint", STEPS)]
    return same[0] if same else None
