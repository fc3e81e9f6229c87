"""The checkpoints that a page offers: a select box of their titles, and the test images of their data sets."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

import checkpoints
import data
from checkpoints import Card
from ui import url

FIRST = "fashion_vae"  # the model that a first visit shows
ABSENT = "This link asks for a model that is not here, so another one is shown instead."


@st.cache_data(ttl=10, show_spinner=False)  # a checkpoint that was trained a moment ago appears by itself
def cards(*families: str) -> list[Card]:
    """Cards of the checkpoints of these families, as checkpoints.gallery gives them."""
    return checkpoints.gallery(*families)


def with_codes() -> list[Card]:
    """Cards of all models that make pictures from a code z ~ N(0, I), of whatever family."""
    return [card for card in cards() if card.latent]


def select(
    *families: str,
    key: str = "model",
    label: str = "Model",
    among: list[Card] | None = None,
    on_change: Callable[[], None] | None = None,
    absent: str = ABSENT,
    first: str = FIRST,
) -> Card:
    """A select box of the checkpoints of these families; returns the Card. The link holds its name as `key`.

    among: cards to choose from instead. first: what a first visit gets. absent: what is said where the link names a
    model that is not among them.

    Streamlit's own binding would put the title into the link; names are shorter and stay when a title is reworded.
    """
    among = among or cards(*families)
    names = [card.name for card in among]
    titles = {card.name: card.title for card in among}
    param = url.Param(key, str, str, names.__contains__)
    # A link that was opened or that another page sent; what was chosen last, here or on a page with other models.
    candidates = (param.requested(None, absent), st.session_state.get(key), url.written(key), first, names[0])
    # Assigned in any case: a box with other models is another widget, which would begin with its first one.
    st.session_state[key] = next(name for name in candidates if name in names)
    name = st.selectbox(label, names, format_func=titles.__getitem__, key=key, on_change=on_change)
    url.write(key, name)
    return among[names.index(name)]


@st.cache_resource(show_spinner=False)
def sample(name: str) -> data.Images:
    """data.sample, read once for everybody; DataError where a set is not there, which is looked for again each time."""
    return data.sample(name)


def test_images(card: Card) -> data.Images | None:
    """Test images of the card's data set; None where none are shipped and the full set is not there."""
    try:
        return sample(card.dataset["name"])
    except data.DataError:
        return None
