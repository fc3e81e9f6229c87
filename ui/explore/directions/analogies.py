"""Analogies: a is to b as the result is to c. The user chooses three pictures and drags how much of a − b is added."""

from __future__ import annotations

import numpy as np
import streamlit as st

from checkpoints import Card
from checkpoints.directions import Direction
from data.titles import title_of
from metrics import directions
from ui import computed, gallery, networks, tiles, url
from ui.components import initial_value
from ui.components.live_pictures import Panel, Slider, described, live_pictures
from ui.components.pick_pictures import Slot, pick_pictures
from ui.explore.directions.groups import rows_of_page
from ui.explore.directions.population import Population

KEY = "analogy"
OFFERED = 40
MOST = 2.0  # multiples of a − b
SLOTS = [Slot("a", "1. pick a", "a", 1), Slot("b", "2. pick b", "b", 1), Slot("c", "3. pick c", "c", 1)]
OPENING = {  # rows on a first visit, by data set; a and b differ in one property
    "mnist": (1766, 14, 546),  # the slant
    "binarized_mnist": (4656, 2695, 2065),  # the slant
    "fashion_mnist": (50, 49, 85),  # the brightness
    "dsprites": (1708, 1417, 853),  # the place
}


def rows(population: Population) -> list[int]:
    """Rows of a, b and c, from the link."""
    count, card = len(population), population.card
    start = [float(row) for row in _opening(population)]
    problem = f"The analogy in this link is not three numbers from 0 to {count - 1}, so another one is shown."

    def fit(numbers):
        return url.within(numbers, [(0, count - 1)] * 3) and all(number == int(number) for number in numbers)

    return [int(row) for row in url.listed("analogy", card.name, start, float, fit, problem)]


def _opening(population):
    known = OPENING.get(population.card.dataset["name"]) if population.card.encodes else None
    return known or [k % len(population) for k in range(3)]


def _share(population, chosen):
    return url.kept("s", 0.0, MOST, 1.0, (population.card.name, *chosen))


def show(population: Population) -> Direction:
    """The section; returns the direction a − b."""
    card, chosen = population.card, rows(population)
    shown, picks = st.columns([3, 2], gap="large")
    with picks:
        page = st.session_state.get("analogy: page of pictures", 0)
        some = rows_of_page(population, page, OFFERED)
        if page == 0:  # including those of a first visit
            opening = _opening(population)
            some = np.concatenate([opening, some[~np.isin(some, opening)]]).astype(int)
        pick_pictures(
            f"{KEY} pictures",
            population.pictures(some),
            some.tolist(),
            [population.name(row) for row in some],
            SLOTS,
            {slot.name: [row] for slot, row in zip(SLOTS, chosen, strict=True)},
            label=f"{len(some)} {population.word}s to choose from",
            valid=lambda row: 0 <= row < len(population),
            on_picked=lambda picked: _keep(card, picked),
        )
        st.button(
            "Other pictures",
            key="analogy: other pictures",
            icon=":material/casino:",
            on_click=lambda: st.session_state.update({"analogy: page of pictures": page + 1}),
        )
    share = _share(population, chosen)
    a, b, c = population.codes[chosen]
    with shown:
        _live(population, chosen, share)
        _nearest(population, chosen, directions.analogy(a, b, c, share).astype(np.float32))
    origin = f"{population.name(chosen[0])} minus {population.name(chosen[1])}"
    return Direction("a − b", (a - b).astype(np.float32), origin)


def _keep(card, picked):
    url.keep("analogy", [float(row) for slot in SLOTS for row in picked[slot.name]], card.name)


def _live(population, chosen, share):
    card, codes = population.card, population.codes[chosen]
    scene = (card.sha256, tuple(chosen))
    at = initial_value(KEY, scene, share)
    vectors = np.stack([codes[0] - codes[1]]).astype(np.float32)
    pictures = population.pictures(chosen)
    way = {"kind": "along", "codes": codes[2:3], "vectors": vectors, "latent": codes.shape[1], "count": 1}
    panels = [
        Panel(
            title,
            "",
            f"{title}: {population.name(row)}",
            card.shape,
            None,
            {"kind": "still", "coded": True},
            {(at,): pictures[k : k + 1]},
        )
        for k, (title, row) in enumerate(zip(("a", "− b", "+ c"), chosen, strict=True))
    ]
    panels.append(
        Panel(
            "= a − b + c",
            "",
            "What the network makes from c + s · (a − b)",
            card.shape,
            card,
            {**way, "names": ["s"]},
            _stored(card, codes, vectors, share, pictures[2:3]),
        )
    )
    data = described(
        panels,
        [Slider("s", "s", "how much of a − b is added to c", 0.0, MOST, step=0.05)],
        {"s": at},
        scene=scene,
        columns=4,
        without="The picture moves in 9 steps",
        play="s",
    )
    live_pictures(
        KEY,
        data,
        on_values=lambda moved: url.keep("s", moved["s"], (card.name, *chosen)),
        on_stored=lambda: st.session_state.update({f"{KEY}: no network runs in the browser": True}),
    )


def _stored(card, codes, vectors, share, picture):
    found = {(0.0,): picture}
    if st.session_state.get(f"{KEY}: no network runs in the browser"):
        for s in sorted({*np.linspace(0, MOST, 9).tolist(), share}):
            found[(s,)] = networks.decode(card, codes[2:3] + np.float32(s) * vectors)
    return found


def _nearest(population, chosen, code):
    """The real picture nearest to the result, and how it was found."""
    card = population.card
    real = gallery.test_images(card)
    if real is None:
        st.caption(f"The real pictures of {title_of(card.dataset['name'])} are not on this machine.")
        return
    row, how = nearest_real(population, chosen, code)
    label = "" if real.labels is None or len(real.classes) < 2 else f" ({real.classes[real.labels[row]]})"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        tiles.show(real.images[row], f"The nearest real picture, number {row}{label}", width=96)
        st.markdown(f"**The nearest real picture**{url.plain(label)}  \n{how}", width="stretch")


def nearest_real(population: Population, chosen: list[int], code: np.ndarray) -> tuple[int, str]:
    """(row among the test images of a model, how it was found) of the real picture nearest to a code (latent,).

    By code if the model has an encoder, otherwise by pixels. The pictures of the analogy are excluded if they are among
    the test images.
    """
    card = population.card
    real = gallery.test_images(card)
    assert real is not None
    if card.encodes:
        table, place = _real_codes(card.name, card.sha256, card), code
        own = population.codes[chosen]
        left_out = (np.abs(table[:, None] - own).max(2) < 1e-4).any(1)
        how = f"of {len(real):,}, by the distance of the codes; a, b and c are left out"
    else:
        table = real.images.reshape(len(real.images), -1).astype(np.float32)
        place = networks.decode(card, code[None])[0].ravel().astype(np.float32)
        left_out = np.zeros(len(table), bool)
        how = f"of {len(real):,}, by the distance of the pixels, since this model has no encoder"
    distances = np.where(left_out, np.inf, np.linalg.norm(table - place, axis=1))
    return int(distances.argmin()), how


@computed.by_models
@st.cache_resource(max_entries=8, show_spinner="Encoding the real pictures …")
def _real_codes(name, sha256, _card: Card):
    real = gallery.test_images(_card)
    assert real is not None
    return np.concatenate([networks.code(_card, real.images[k : k + 500]) for k in range(0, len(real.images), 500)])
