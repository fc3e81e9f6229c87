"""Trained models on the page about ControlVAE: curves, samples, and what each dimension encodes."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pandas as pd
import streamlit as st

from checkpoints import Card, floors
from checkpoints.seeds import of_seeds
from metrics.paired import difference
from ui import charts, gallery, networks, slides
from ui.evaluate import card_figures, studies
from ui.explore import codes, traversals
from ui.training import histories

NAMES = ("dsprites_vae", "dsprites_control_vae_14", "dsprites_control_vae_8", "dsprites_tc_vae")
COLOURS = tuple(charts.PALETTE[k] for k in (0, 2, 4, 3))  # of the models' curves
FACTORS = ("shape", "scale", "x", "y")
KNOWN = 0.1  # nats of mutual information; a dimension with less is said to encode nothing
ROWS, COLUMNS = 6, 6  # of samples
VALUES = np.linspace(-3, 3, 5).astype(np.float32)  # of a dimension in a traversal
TITLES = {  # of the charts of the histories' columns
    "kl": "KL to the prior",
    "beta": "Weight β of the KL",
    "reconstruction": "Reconstruction",
    "integral": "Integral term I of the controller",
}


def cards() -> list[Card]:
    """Cards of the trained models, in the order of NAMES."""
    trained = {card.name: card for card in gallery.cards("vae")}
    return [trained[name] for name in NAMES if name in trained]


def short(card: Card) -> str:
    """The name of this model beside the others."""
    if (nats := set_point(card)) is not None:
        return f"ControlVAE, {nats:g} nats"
    return f"β-TCVAE, β = {card.recipe['beta']:g}" if "beta" in card.recipe else "VAE, β = 1"


def set_point(card: Card) -> float | None:
    """The controller's set point at the end, nats; None for a model without a controller."""
    column = card.history.get("set_point")
    return column[-1] if column else None


def chart(cards: list[Card], column: str, title: str, log: bool = False) -> None:
    """Show a column for all histories that have it; in the figure of the KL the set points are dashed lines."""
    cards = [card for card in cards if column in card.history]
    if not cards:
        return
    colours = [COLOURS[NAMES.index(card.name)] for card in cards]
    columns = {short(card): card.history[column] for card in cards}
    x = max(map(_steps, cards), key=len)
    figure = charts.lines(columns, x=x, x_title="step", y_title=title, log=log, height=260, colours=colours)
    for card, colour in zip(cards, colours, strict=True):
        if column == "kl" and set_point(card) is not None:
            figure.add_hline(y=set_point(card), line={"dash": "dash", "color": colour, "width": 1})
    charts.show(figure, TITLES[column], "ControlVAE, over the training", key=f"curve {column}")


def curves_table(cards: list[Card]) -> pd.DataFrame:
    """All curves: model, step, and a column for each column of any model."""
    return histories.table({card.name: (_steps(card), card.history) for card in cards})


def _steps(card):
    return card.recipe["interval"] * np.arange(1, max(map(len, card.history.values())) + 1)


def samples(card: Card) -> np.ndarray:
    """Pictures of random codes, (ROWS · COLUMNS, C, H, W) uint8."""
    return networks.preview(card)["prior"][: ROWS * COLUMNS]


def results(card: Card) -> str:
    """The measurements of a model as a Markdown list: over training seeds if there are several, otherwise ± over seeds
    of the samples."""
    metrics = card.metrics
    gap = studies.over_seeds(card, "mig") or f"{metrics['mig']:.2f}, one training"
    rows = [
        f"KL {metrics['kl_last_1000']:.2f} nats over the last 1,000 steps",
        f"−log p(x|z) {-metrics['test_reconstruction']:.1f} nats",
        f"Fréchet {_distance(card, 'frechet_dsprites_5k')}",
    ]
    if "fid_dsprites_5k" in metrics:
        rows.append(f"FID {_distance(card, 'fid_dsprites_5k')}")
    rows.append(f"MIG {gap}")
    return "\n".join(f"- {row}" for row in rows)


def _distance(card, key):
    """A distance with its spread and, in brackets, the value for real pictures instead of generated ones."""
    spread = card.metrics.get(f"{key}_spread", math.nan)
    text = studies.over_seeds(card, key) or card_figures.of_key(key, card.metrics[key], spread)
    if (found := floors.of_card(card, key)) is None:
        return text
    return f"{text} (real against real {card_figures.of_key(key, found.value)}{', of halves' if found.halves else ''})"


def seeds_remark(cards: list[Card]) -> str:
    """Why MIG does not rank these models: its spread over the seeds of a recipe; "" if none is known."""
    gaps = {short(card): values for card in cards if (values := of_seeds(card, "mig"))}
    if not gaps:
        return ""
    each = " and ".join(
        f"{statistics.mean(values):.2f} ± {statistics.stdev(values):.2f} ({name}, {len(values)} trainings)"
        for name, values in gaps.items()
    )
    remark = f"**MIG does not rank these models.** Over trainings of the same recipe with other seeds it is {each}"
    values = list(gaps.values())
    if len(values) == 2 and len(values[0]) == len(values[1]):
        found = difference(values[0], values[1])
        interval = f"{found.mean:+.2f}, 95% interval {found.low:+.2f} to {found.high:+.2f}".replace("-", "−")
        remark += f"; the mean difference of pairs with the same seed is {interval}"
    return remark + ". The others were trained once."


def encoded_factors(card: Card) -> list[tuple[int, str, float]]:
    """For every dimension, the most informative first: (dimension, its best factor, share of that factor).

    The factor is "" if a dimension has less than KNOWN nats of information about any factor.
    """
    preview = networks.preview(card)
    information, entropy = preview["mutual_information"], preview["factor_entropy"]
    order = sorted(range(len(information)), key=lambda j: -information[j].max())
    best = information.argmax(1)
    return [
        (
            j,
            FACTORS[best[j]] if information[j, best[j]] > KNOWN else "",
            float(information[j, best[j]] / entropy[best[j]]),
        )
        for j in order
    ]


@st.cache_data(max_entries=8, show_spinner=False)
def _traversal(name, sha256, rows, _card):
    start, factors = networks.preview(_card)["codes"][0], encoded_factors(_card)[:rows]
    pictures = networks.decode(_card, codes.sweep(start, [j for j, _, _ in factors], VALUES))
    return pictures, [f"z{j} {factor}".strip() for j, factor, _ in factors]


def traversal(card: Card, rows: int = 6) -> slides.Grid:
    """The most informative dimensions from −3 to 3, each with the factor that it encodes."""
    pictures, names = _traversal(card.name, card.sha256, rows, card)
    return traversals.grid(pictures, names, VALUES)


def table(card: Card) -> pd.DataFrame:
    """For every dimension its mean KL and its mutual information with each factor, in nats."""
    information = networks.preview(card)["mutual_information"]
    kl = card.metrics["kl_per_dimension"]
    columns = {"dimension": [f"z{j}" for j in range(len(information))], "KL": [round(v, 2) for v in kl]}
    columns |= {factor: np.round(information[:, k], 2).tolist() for k, factor in enumerate(FACTORS)}
    return pd.DataFrame(columns)
