"""Pictures that several models make of the same codes, which sliders move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from checkpoints import Card
from data.titles import title_of
from ui import gallery, url
from ui.components.live_pictures import Panel, Slider, described, live_pictures
from ui.explore import comparison
from ui.explore.comparison import Hand

KEY = "shared codes"
SHIFTS = "shared codes: shifts"  # {dimension: shift} in the session state, of all dimensions that were moved
NOISY = 1.15  # times the edge contrast of real pictures; GANs without visible noise have at most 1.06 (seeds 0 to 2)


def hand(dimensions: Sequence[int]) -> Hand:
    """The changes set by the sliders, from the link; dimensions: those with a slider, counted from 0."""
    return Hand(
        psi=url.kept("psi", 0.0, 1.5, 1.0),
        alpha=url.kept("alpha", 0.0, 1.0, 0.0, kind=KEY),
        shifts=tuple(zip(dimensions, _shifts(dimensions), strict=True)),
    )


def _shifts(dimensions):
    """The shift of each dimension; a dimension that is chosen again gets its previous shift."""
    known = st.session_state.setdefault(SHIFTS, {})
    kind, least, most = tuple(dimensions), -comparison.LONGEST_SHIFT, comparison.LONGEST_SHIFT
    url.keep("shift", [known.get(dimension, 0.0) for dimension in dimensions], kind)
    problem = (
        f"shift in this link is not a number from {least:g} to {most:g} for each of its dimensions, so 0 is shown "
        "instead."
    )
    bounds = [(least, most)] * len(dimensions)
    shifts = url.listed(
        "shift", kind, [0.0] * len(dimensions), float, lambda numbers: url.within(numbers, bounds), problem
    )
    known.update(zip(dimensions, shifts, strict=True))
    return shifts


def show(cards: list[Card], seed: int, count: int, hand: Hand) -> dict[str, np.ndarray]:
    """Sliders, the first code's picture by every model, and below it those of all `count` codes.

    Up to three models of one data set are shown beside real pictures. Returns {name of a model: its pictures (count, C,
    H, W) uint8 at the released values}.
    """
    longest = max(card.code_length for card in cards)
    shared = {name: comparison.codes(longest, at, count) for name, at in (("seed", seed), ("next", seed + 1))}
    dimensions = [dimension for dimension, _ in hand.shifts]
    values = {"psi": hand.psi, "alpha": hand.alpha}
    values |= {f"shift{place}": shift for place, (_, shift) in enumerate(hand.shifts)}
    drawn = {card.name: comparison.samples(card, seed, count, hand) for card in cards}

    def panel(card, shown):
        # `shared` stays the same object, so that it is sent once for all models.
        way = {"kind": "shared", **shared, "stride": longest, "latent": card.code_length, "count": shown}
        single = shown == 1
        return Panel(
            title=gallery.entry(card) if single else "",
            note=f"{card.code_length} dimensions" if single else "",
            alt=f"{shown} pictures that {card.title} makes from the codes of seed {seed}"
            if shown > 1
            else f"What {card.title} makes from the first code of seed {seed}",
            shape=card.shape,
            card=card,
            way=way | {"dimensions": dimensions},
            stored={tuple(values.values()): drawn[card.name][:shown]},
            shown=shown,
            columns=min(comparison.ROW, int(shown**0.5)),
            measured=single,
            named=card if single else None,
        )

    sizes = [1, count] if count > 1 else [1]
    panels = []
    for shown in sizes:
        panels += [panel(card, shown) for card in cards]
        panels += _real(cards, shown, tuple(values.values()))
    data = described(
        panels,
        [
            Slider("psi", "ψ", "truncation: all codes times ψ", 0.0, 1.5),
            Slider("alpha", "α", f"from the codes of seed {seed} to those of seed {seed + 1}", 0.0, 1.0),
            *(_shift_slider(place, dimension, cards) for place, dimension in enumerate(dimensions)),
        ],
        values,
        scene=([card.sha256 for card in cards], seed, count, dimensions),
        columns=max(2, len(panels) // len(sizes)),
        without="The pictures change when you let go of a slider",
    )
    live_pictures(KEY, data, on_values=lambda values: _keep(dimensions, values))
    return drawn


def _real(cards, shown, place):
    """The panel of the first test images, which no slider moves; empty if they are unavailable or there is no room."""
    pictures = comparison.real(cards[0], shown)
    if pictures is None or len(cards) >= comparison.MOST or not comparison.one_data_set(cards):
        return []
    name = title_of(cards[0].dataset["name"])
    return [
        Panel(
            title=f"{name}: real" if shown == 1 else "",
            note="the first test image" if shown == 1 else "",
            alt=f"The first {shown} test images of {name}" if shown > 1 else f"The first test image of {name}",
            shape=cards[0].shape,
            card=None,
            way={"kind": "still"},
            stored={place: pictures},
            shown=shown,
            columns=min(comparison.ROW, int(shown**0.5)),
        )
    ]


def _shift_slider(place, dimension, cards):
    having = sum(card.code_length > dimension for card in cards)
    among = "" if having == len(cards) else f", which {having} of these {len(cards)} models have"
    reach = comparison.LONGEST_SHIFT
    return Slider(
        f"shift{place}", "δ", f"added to dimension {dimension + 1} of all codes{among}", -reach, reach, step=0.05
    )


def _keep(dimensions, values):
    url.keep("psi", values["psi"])
    url.keep("alpha", values["alpha"], KEY)
    shifts = {dimension: values[f"shift{place}"] for place, dimension in enumerate(dimensions)}
    st.session_state.setdefault(SHIFTS, {}).update(shifts)


def share_of_real(name: str, share: float) -> str:
    """A figure as a share of that of real pictures, with a remark if higher is not better."""
    too_much = {"edge contrast": ", more than real pictures have: noise", "variety": ""}
    return f"{share:.0%} of real{too_much[name] if share > NOISY else ''}"
