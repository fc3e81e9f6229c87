"""The KL of the VAEs of dSprites in three parts: one tells pictures apart, the others are a distance to the prior."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from checkpoints import Card
from ui import charts
from ui.training.control_vae import short

PARTS = {
    "kl_information": "tells pictures apart",
    "kl_total_correlation": "total correlation",
    "kl_single_dimensions": "single dimensions",
}
WORDS = r"""
- $I(x; z)$ **tells pictures apart**. It is at most log {images:,} = {most:.1f} nats: with as many, a code says which of
  the {images:,} pictures it is of.
- $\mathrm{{KL}}(q(z)\,\|\,\prod_j q(z_j))$, the **total correlation**, is how much the dimensions of a code depend on
  each other. β-TCVAE multiplies this part alone by β.
- $\sum_j \mathrm{{KL}}(q(z_j)\,\|\,p(z_j))$ is how far **single dimensions** are from a standard normal.

The last two together are the distance of $q(z)$, the codes of all pictures, to the prior. Random codes come from the
prior: the larger this distance, the smaller the share of them that lie where pictures have theirs.
"""


def show(cards: list[Card]) -> None:
    """The section of the page: a chart, its meaning, a table."""
    cards = [card for card in cards if all(part in card.metrics for part in PARTS)]
    if not cards:
        st.info(
            "These parts were not measured yet; `python -m evaluate.disentanglement dsprites_vae` measures a model."
        )
        return
    images = cards[0].dataset["test_images"]
    st.markdown(
        "The KL of a code to the prior, in three parts. **Look for** the nats above the dashed line: they tell no "
        "pictures apart."
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        _chart(cards, images)
    right.markdown(WORDS.format(images=images, most=math.log(images)))
    st.dataframe(table(cards), hide_index=True)
    st.caption(
        "Nats, one training of each model. Chen et al. 2018, equation 2: $q(z)$ is the mixture of the encoder's "
        f"Gaussians of all {images:,} pictures; ±: standard error over the codes of 2,000 of them. Fréchet distance: "
        "of random codes, decoded."
    )


def _chart(cards, images):
    columns = {words: [card.metrics[part] for card in cards] for part, words in PARTS.items()}
    figure = charts.groups(
        columns, x=[short(card).replace(", ", "<br>") for card in cards], y_title="KL, nats", height=360
    )
    figure.update_layout(barmode="stack", legend_traceorder="normal")
    figure.add_hline(y=math.log(images), line={"dash": "dash", "width": 3, "color": charts.PALETTE[9]})
    of = f"dSprites; dashed: log {images:,} = {math.log(images):.1f} nats"
    charts.show(figure, "What the nats of a code are for", of, key="parts of the KL")


def table(cards: list[Card]) -> pd.DataFrame:
    """A row for each model: the parts of its KL with their standard errors, and its Fréchet distance."""
    rows = []
    for card in cards:
        row: dict[str, str | float] = {"model": card.title}
        for part, words in PARTS.items():
            row[words] = f"{card.metrics[part]:.2f} ± {card.metrics[f'{part}_standard_error']:.2f}"
        rows.append(row | {"Fréchet distance": round(card.metrics["frechet_dsprites_5k"], 2)})
    return pd.DataFrame(rows)
