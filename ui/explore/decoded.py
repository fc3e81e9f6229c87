"""Pictures around a Position: recorded ones while the code is the start code, otherwise from the network.

Recorded pictures come from the checkpoint's preview and need no torch, so the first paint is there at once. What one
person's code makes is kept for others who open the same link.
"""

import io
from urllib.parse import urlencode

import numpy as np
import streamlit as st

import data
from ui import networks, tiles
from ui.explore import bases, latent_map, plane, traversals
from ui.explore.codes import STEPS, sweep


def waking(here):
    """Whether the network is still being loaded behind the first picture."""
    return here.asked == 0 or networks.warm().is_alive()


def picture(card, here):
    """The official picture (C, H, W) uint8 of the exact code: decoded alone, so that a link gives the same bits."""
    if here.at_start:
        return networks.preview(card)["start_picture"]
    with st.spinner("Loading the network …", show_time=False):
        networks.model(card)
    return networks.decode(card, here.code[None])[0]


def sheet(card, here, shown):
    """The explorer's sheet as data URL: rows of 31 steps, one for each of the basis' rows `shown`, then the length.

    While the network is still being loaded it is the recorded one, without the length, or None where none was recorded.
    """
    recorded = here.at_start and here.group == 1 and here.basis == "dims"
    if waking(here):
        return tiles.sheet(_recorded(card), len(STEPS)) if recorded else None
    if recorded:
        return _with_length(card.name, card.sha256, here.code.tobytes(), card)
    return _sheet(card.name, card.sha256, here.code.tobytes(), here.basis, tuple(shown), card)


def sheet_name(card, here):
    """Another name for every other sheet."""
    return str(hash((card.sha256, here.code.tobytes(), here.basis, here.group, waking(here))))


def plane_map(card, here, view, draw):
    """The plane's 21 × 21 pictures as data URL, or None while they have not been drawn for this plane and code."""
    rest = np.round(view.rest(here.code), 4)  # moving within the plane leaves it, and so the map, as they are
    drawn_for, picture = here.map
    wanted = (view.axes, rest.tobytes())
    if drawn_for != wanted:
        if not draw:
            return None
        networks.model(card)
        picture = _map(card.name, card.sha256, *wanted, card)
        here.map = (wanted, picture)
    return picture


def _recorded(card):
    return networks.preview(card)["sheet"].reshape(-1, *card.shape)


@st.cache_data(max_entries=16, show_spinner=False)
def _with_length(name, sha256, code, _card):
    lengths = networks.decode(_card, bases.of_lengths(np.frombuffer(code, np.float32)))
    return tiles.sheet(np.concatenate([_recorded(_card), lengths]), len(STEPS))


@st.cache_data(max_entries=64, show_spinner=False)
def _sheet(name, sha256, code, basis, shown, _card):
    code = np.frombuffer(code, np.float32)
    codes = np.concatenate([_sweep(_card, code, basis, shown, STEPS), bases.of_lengths(code)])
    return tiles.sheet(networks.decode(_card, codes), len(STEPS))


def _sweep(card, code, basis, rows, steps):
    basis = bases.basis(card, basis)
    return basis.codes(sweep(basis.coordinates(code), rows, steps))


@st.cache_data(max_entries=64, show_spinner=False)
def _map(name, sha256, axes, rest, _card):
    view = plane.through(axes, networks.preview(_card), _card.latent)
    return tiles.sheet(networks.decode(_card, view.codes(np.frombuffer(rest, np.float64))), plane.CELLS)


def all_traversals(card, here, order):
    """Pictures of every row in `order` of the basis at traversals.VALUES: (len(order) · 9, C, H, W) uint8."""
    return networks.decode(card, _sweep(card, here.code, here.basis, order, traversals.VALUES))


def nearest(preview, code):
    """(row, Euclidean distance, label) of the test code that is nearest to a code (latent,)."""
    distances = np.linalg.norm(preview["codes"] - code, axis=1)
    row = int(distances.argmin())
    return row, float(distances[row]), int(preview["labels"][row]) if "labels" in preview else None


@st.cache_resource(show_spinner=False)
def _sample(name):
    try:
        return data.sample(name)
    except data.DataError:
        return None


def sample(card):
    """Test images of the card's data set, or None where none are shipped and the full set is not there."""
    return sample_of(card.dataset["name"])


def sample_of(name):
    """The same for a data set by its name."""
    return _sample(name)


@st.cache_data(max_entries=4, show_spinner=False)
def _stored_pictures(name, sha256, _card):
    preview = networks.preview(_card)
    codes = len(preview["codes"])
    labels, classes = preview.get("labels"), latent_map.classes(_card)
    sprites = latent_map.sprite(_card, preview, range(codes))
    note = "What the network makes of its codes of test images, slightly lossy."
    return data.Images(_card.name, "test", sprites, labels, classes, "sample", note)


def offered(card):
    """(pictures to start from, whether they are test images): where none are here, those recorded of stored codes.

    A model that cannot encode offers what it made of its first codes.
    """
    if not card.encodes:
        note = "What the network makes of random codes."
        return data.Images(card.name, "prior", networks.preview(card)["prior"], None, None, "sample", note), False
    real = sample(card)
    return (real, True) if real is not None else (_stored_pictures(card.name, card.sha256, card), False)


def forget_samples():
    """Look for data sets again: one was downloaded."""
    _sample.clear()


def strip_numbers(sample, page, count=10):
    """Numbers of test images to offer: one of each class, the `page`-th of it; without labels ten in a row."""
    if sample.labels is None:
        return (np.arange(count) + page * count) % len(sample)
    members = [np.flatnonzero(sample.labels == label) for label in np.unique(sample.labels)[:count]]
    return np.array([numbers[page % len(numbers)] for numbers in members])


def link():
    """The address of what is shown now."""
    address = (st.context.url or "").partition("?")[0]
    query = {key: value for key, value in st.query_params.items() if key != "present"}
    return f"{address}?{urlencode(query)}" if query else address


def csv(code, preview):
    """The code as CSV text, dimensions in their own order."""
    text = io.StringIO()
    columns = {"effect": "effect"} | ({"nats": "kl"} if "kl" in preview else {})
    text.write(",".join(["dimension", "value", *columns]) + "\n")
    for dimension, value in enumerate(code):
        told = [f"{preview[key][dimension]:.6g}" for key in columns.values()]
        text.write(",".join([str(dimension), repr(float(value)), *told]) + "\n")
    return text.getvalue()
