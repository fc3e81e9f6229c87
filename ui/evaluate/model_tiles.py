"""Tiles of all models that make pictures, by data set: pressed, each opens the page on which its model is explored."""

import html
from collections.abc import Iterable

import streamlit as st

from checkpoints import Card
from ui import networks, tiles

SETS = {
    "mnist": "MNIST",
    "binarized_mnist": "Binarised MNIST",
    "kmnist": "Kuzushiji-MNIST",
    "fashion_mnist": "Fashion-MNIST",
    "emoji": "Emojis",
    "street_digits": "Street numbers",
    "svhn": "SVHN",
    "dsprites": "dSprites",
    "rock_paper_scissors": "Rock, paper, scissors",
    "horses_or_humans": "Horses or humans",
    "parabola": "Points in the plane",
}
EXPLORED_ON = "explore/latent_space.py"
WIDTH = 104  # CSS pixels of a tile: three beside each other on a telephone
# The link covers its tile, picture included.
STYLE = """<style>
.st-key-model_tiles [class*="st-key-tile_"] { position: relative; gap: 0.2rem; border-radius: 6px; }
.st-key-model_tiles [class*="st-key-tile_"]:hover { outline: 2px solid var(--st-primary-color, #3355dd); }
.st-key-model_tiles [class*="st-key-tile_"] > [data-testid="stElementContainer"] { position: static; }
.st-key-model_tiles a { padding: 2px 0 0; min-height: 0; background: none; }
.st-key-model_tiles a::after { content: ""; position: absolute !important; inset: 0; }
.st-key-model_tiles a p { font-size: 0.8rem; line-height: 1.25; white-space: normal; overflow: visible; }
.st-key-model_tiles a:focus-visible::after { outline: 2px solid currentColor; border-radius: 6px; }
</style>"""


def grouped(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """{title of a data set: cards}, in the order of SETS and then of the cards."""
    groups: dict[str, list[Card]] = {}
    for card in sorted(cards, key=lambda card: [*SETS, card.dataset["name"]].index(card.dataset["name"])):
        groups.setdefault(SETS.get(card.dataset["name"], card.dataset["name"].replace("_", " ")), []).append(card)
    return groups


def show(cards: Iterable[Card]) -> None:
    """The tiles of cards that have recorded samples."""
    st.html(STYLE)
    with st.container(key="model_tiles", horizontal=True, gap="small"):
        for title, group in grouped(cards).items():
            with st.container(width="content", gap="xsmall"):
                st.caption(title)
                with st.container(horizontal=True, gap="small"):
                    for card in group:
                        _tile(card)


def _tile(card):
    preview = networks.preview(card)  # samples of the second stage where there is one: the kinder picture
    samples = preview.get("prior_mixture", preview["prior"])[:9]
    with st.container(width=WIDTH, key=f"tile_{card.name}"):
        tiles.show(tiles.tile(samples, 3, gap=1), alt="")
        st.page_link(EXPLORED_ON, label=html.escape(card.title), query_params={"model": card.name})
