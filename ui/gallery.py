"""The checkpoints that a page offers: a select box with their titles, and the test images of their data sets."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

import streamlit as st

import checkpoints
import data
from checkpoints import Card
from data.titles import TITLES, title_of
from ui import url
from ui.own import visit

FIRST = "mnist_vae"  # the model that a first visit shows
FAILURES = {  # models kept as examples of failure, listed last in their data set, and what to look at
    "mnist_ssgan_shortcut": "The second task has a shortcut: the discriminator recognises the angle without looking at "
    "the digit, and fails once the picture is moved a little.",
    "street_vae": "Grey and blurred: details that the code does not carry become the mean of all possibilities.",
}
ABSENT = "This link asks for a model that is not here, so another one is shown instead."


@st.cache_data(ttl=10, show_spinner=False)  # so that a newly trained checkpoint appears without a restart
def cards(*families: str) -> list[Card]:
    """Cards of the checkpoints of these families, in the order of `in_order`."""
    return in_order(checkpoints.gallery(*families))


@st.cache_data(ttl=10, show_spinner=False)
def unreadable() -> list[str]:
    """One sentence for each unreadable checkpoint that was left out."""
    return checkpoints.unreadable()


def in_order(cards: Iterable[Card]) -> list[Card]:
    """Cards in the order of lists: by data set in the order of data/titles.py, then VAEs, GANs, others, FAILURES."""
    groups = list(TITLES)

    def place(card):
        group = card.dataset["name"]
        return (
            -1 if card.own else groups.index(group) if group in groups else len(groups),
            card.name in FAILURES,
            not card.encodes,
            not card.kind.generates,
            card.family,
            len(card.name),  # the plain model before its variants
            card.name,
        )

    return sorted(cards, key=place)


def entry(card: Card) -> str:
    """A card's entry in a list of models: its title with the data set first, "MNIST: Convolutional VAE"."""
    group = TITLES.get(card.dataset["name"])
    named = None if group is None else re.search(rf" (on|of) {group}( digits)?", card.title, re.IGNORECASE)
    title = card.title
    if named is not None:
        title = f"{group}: {title[: named.start()]}{title[named.end() :]}"
    return f"{title} (see it fail)" if card.name in FAILURES else title


def summary(card: Card) -> str:
    """What is special about a model, with the titles of other models instead of their names."""
    return with_titles(card.summary)


def with_titles(text: str) -> str:
    """The text with titles instead of model names: mnist_vae becomes “Convolutional VAE on MNIST”, and a network used
    for measurements, such as mnist_classifier, the MNIST classifier."""

    def said(card):
        measures = card.name.endswith("_classifier")
        return f"the {title_of(card.dataset['name'])} classifier" if measures else f"“{card.title}”"

    titles = {card.name: said(card) for card in cards()}
    return re.sub(r"\b\w+_\w+\b", lambda found: titles.get(found[0], found[0]), text)


def with_codes() -> list[Card]:
    """Cards of all models that generate pictures from a code z ~ N(0, I), of any family."""
    return [card for card in cards() if card.generates]


def with_own(cards: list[Card], *families: str) -> list[Card]:
    """The cards, preceded by the models of this visit of these families (without any: of all families)."""
    return visit.cards(*families) + cards


def needed(cards: Collection) -> None:
    """Stop the page with an error if there are no cards for it."""
    if not cards:
        st.error(
            "There are no trained models for this page: restore the folder `checkpoints` from the repository, or train "
            "one with `python -m train NAME`."
        )
        st.stop()


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

    among: cards to choose from instead. first: the choice of a first visit. absent: the warning for a link to a model
    that is not among them.

    Streamlit's own binding would put the title into the link; names are shorter and survive a new title.
    """
    among = cards(*families) if among is None else in_order(among)
    needed(among)
    names = [card.name for card in among]
    titles = {card.name: entry(card) for card in among}
    param = url.Param(key, str, str, names.__contains__)
    if st.session_state.get(key) not in (None, url.written(key)):
        url.forget(key)  # the user has made another choice since
    # In order: a link, opened or sent by another page; the last choice here; that on a page with other models.
    candidates = (param.requested(None, absent), st.session_state.get(key), url.written(key), first, names[0])
    # Always assigned: a box with other models is a new widget, which would otherwise start with its first option.
    st.session_state[key] = next(name for name in candidates if name in names)
    name = st.selectbox(label, names, format_func=titles.__getitem__, key=key, on_change=on_change)
    url.write(key, name)
    if name in FAILURES:
        st.caption(f"**See it fail:** {FAILURES[name]}")
    return among[names.index(name)]


@st.cache_resource(show_spinner=False)
def sample(name: str) -> data.Images:
    """data.sample, cached for all visits. Raises DataError for a missing data set, which is looked for each time."""
    return data.sample(name)


def test_images(card: Card) -> data.Images | None:
    """Test images of the card's data set; for a model of this visit all of its pictures.

    None if none are shipped and the full data set is not there.
    """
    if (own := visit.pictures(card)) is not None:
        return own
    try:
        return sample(card.dataset["name"])
    except data.DataError:
        return None
