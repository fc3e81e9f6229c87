"""What the page about ControlVAE shows of trained models: their curves, what their dimensions know, their pictures."""

import numpy as np
import streamlit as st

from ui import charts, gallery, networks, tiles
from ui.explore import traversals

NAMES = ("dsprites_vae", "dsprites_control_vae_8", "dsprites_control_vae_14")
FACTORS = ("shape", "scale", "x", "y")
KNOWN = 0.1  # nats below which a dimension is said to carry nothing
ROWS, COLUMNS = 5, 10  # of samples
VALUES = np.linspace(-3, 3, 5).astype(np.float32)  # of a dimension in a traversal


def cards():
    """Cards of the trained models, in the order of NAMES."""
    here = {card.name: card for card in gallery.cards("vae")}
    return [here[name] for name in NAMES if name in here]


def short(card):
    """What a curve of this model is called."""
    goal = set_point(card)
    return "VAE, β = 1" if goal is None else f"set point {goal:g}"


def set_point(card):
    """The controller's goal in nats, None for a model without one."""
    column = card.history.get("set_point")
    return column[-1] if column else None


def chart(shown, column, title, log=False):
    """One figure of a column of all models that have it; the set points are dashed lines in that of the KL."""
    found = [card for card in shown if column in card.history]
    if not found:
        return
    steps = [card.recipe["interval"] * (k + 1) for card in found[:1] for k in range(_length(card))]
    colours = [charts.PALETTE[NAMES.index(card.name)] for card in found]
    columns = {short(card): card.history[column] for card in found}
    figure = charts.lines(columns, x=steps, x_title="step", y_title=title, log=log, height=260, colours=colours)
    for card, colour in zip(found, colours, strict=True):
        if column == "kl" and set_point(card) is not None:
            figure.add_hline(y=set_point(card), line={"dash": "dash", "color": colour, "width": 1})
    charts.show(figure, key=f"curve {column}")


def csv(shown):
    """All curves as CSV text: model, step, and a column for each that any of the models has."""
    columns = list(dict.fromkeys(column for card in shown for column in card.history))
    lines = [",".join(["model", "step", *columns])]
    for card in shown:
        for k, values in enumerate(zip(*(card.history.get(c, [""] * _length(card)) for c in columns), strict=True), 1):
            lines.append(",".join([card.name, str(card.recipe["interval"] * k), *map(str, values)]))
    return "\n".join(lines) + "\n"


def _length(card):
    return max(map(len, card.history.values()))


def samples(card):
    """A grid of 5×10 pictures of random codes, (H, W) uint8."""
    return tiles.tile(networks.preview(card)["prior"][: ROWS * COLUMNS], COLUMNS, gap=2)


def carried(card):
    """For every dimension, the most active first: (dimension, name of the factor it knows best, share of that factor).

    The name is "" where it knows less than KNOWN nats of any.
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
    start, found = networks.preview(_card)["codes"][0], carried(_card)[:rows]
    codes = np.tile(start, (len(found), len(VALUES), 1))
    for row, (dimension, _, _) in enumerate(found):
        codes[row, :, dimension] = VALUES
    names = [f"z{j} {factor}".strip() for j, factor, _ in found]
    pictures = networks.decode(_card, codes.reshape(-1, codes.shape[-1]))
    return traversals.figure(pictures, names, values=VALUES, scale=1)


def traversal(card, rows=6):
    """The figure of the dimensions that know most, each with the factor that it carries: (H, W, 4) uint8."""
    return _traversal(card.name, card.sha256, rows, card)


def table(card):
    """Columns of what every dimension knows, in nats: dimension, its mean KL, and each factor."""
    information = networks.preview(card)["mutual_information"]
    kl = card.metrics["kl_per_dimension"]
    found = {"dimension": [f"z{j}" for j in range(len(information))], "KL": [round(v, 2) for v in kl]}
    return found | {factor: np.round(information[:, k], 2).tolist() for k, factor in enumerate(FACTORS)}
