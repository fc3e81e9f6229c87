"""Tiles of all models that generate pictures, by data set; each links to the page on which its model is explored."""

import html
from collections.abc import Iterable

import streamlit as st

import checkpoints
from checkpoints import Card, CheckpointError
from data.titles import title_of
from ui import gallery, tiles
from ui.images.classify import sets

WIDTH = 104  # CSS pixels of a tile: three fit side by side on a phone
# Picture and words are the label of a single link, which the browser draws at once: a picture beside its link would
# appear before it, and a press on it would be lost. Before the links arrive, each tile already has the height of a
# picture and two lines of words, so that the content below does not move.
STYLE = f"""<style>
.st-key-model_tiles [class*="st-key-tile_"] {{ min-height: {WIDTH + 34}px; flex: none; }}
.st-key-model_tiles [class*="st-key-tile_"] > [data-testid="stElementContainer"] {{ margin: 0; }}
.st-key-model_tiles a {{ padding: 0; margin: 0; min-height: 0; background: none; border-radius: 6px; }}
.st-key-model_tiles a:hover, .st-key-model_tiles a:focus-visible {{ outline: 2px solid currentColor; }}
.st-key-model_tiles a:hover {{ outline-color: var(--st-primary-color, #3355dd); }}
.st-key-model_tiles a p {{ font-size: max(0.8rem, var(--least, 0px)); line-height: 1.25; white-space: normal;
  overflow: visible; }}
.st-key-model_tiles a img {{ display: block; width: {WIDTH}px; height: {WIDTH}px; max-height: none; margin: 0 0 2px;
  border-radius: 4px; object-fit: fill; image-rendering: pixelated; }}
</style>"""


def short_title(card: Card) -> str:
    """The title of a model below the heading of its data set."""
    return gallery.entry(card).removeprefix(f"{title_of(card.dataset['name'])}: ")


def grouped(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """{title of a data set: cards}, in the order of every list of models."""
    groups: dict[str, list[Card]] = {}
    for card in gallery.in_order(cards):
        groups.setdefault(title_of(card.dataset["name"]), []).append(card)
    return groups


def explored_on(card: Card) -> tuple[str, dict[str, str]] | None:
    """(page, query) on which a model is explored; None if there is none."""
    asks = {"model": card.name}
    if card.generates:
        return "explore/latent_space.py", asks
    if card.family == "denoiser":
        return "images/denoise.py", asks
    if card.family == "toy_gan":
        return "training/toy_gan.py", {"toy": card.name}
    if card.family == "toy_flow":
        return "training/toy_flow.py", {}
    for name, pictures in sets.usable().items():
        if card.name in [one.name for one in pictures.cards()]:
            return "images/classify.py", {"set": name} | asks
    return None


def explore(card: Card, label: str, icon: str | None = None) -> None:
    """A link to that page; nothing if there is none."""
    if found := explored_on(card):
        page, query = found
        st.page_link(page, label=label, icon=icon, query_params=query)


def pictures(cards: Iterable[Card]) -> tuple[dict[str, str], list[str]]:
    """({name of a model with recorded samples: a picture of nine as a data URL}, a sentence for each damaged one)."""
    found, problems = {}, []
    for card in cards:
        try:
            if picture := _picture(card.name, card.preview or card.sha256):
                found[card.name] = picture
        except CheckpointError as error:
            problems.append(str(error))
    return found, problems


@st.cache_data(max_entries=256, show_spinner=False)  # previews of all models would be 40 MB
def _picture(name, digest):
    preview = checkpoints.preview(name)
    if "prior" not in preview:
        return None
    samples = preview.get("prior_mixture", preview["prior"])[:9]  # a second stage, if any, gives better ones
    return tiles.data_url(tiles.png(tiles.tile(samples, 3, gap=1)))


def show(cards: Iterable[Card], pictures: dict[str, str]) -> None:
    """The tiles of the cards that have a picture."""
    st.html(STYLE)
    with st.container(key="model_tiles", horizontal=True, gap="small"):
        for title, group in grouped(card for card in cards if card.name in pictures).items():
            with st.container(width="content", gap="xsmall"):
                st.caption(title)
                with st.container(horizontal=True, gap="small"):
                    for card in group:
                        _tile(card, pictures[card.name])


def _tile(card, picture):
    with st.container(width=WIDTH, key=f"tile_{card.name}"):
        explore(card, f"![]({picture}){html.escape(short_title(card))}")
