"""The pictures that several models make of the same codes, under a hand that moves the codes."""

from __future__ import annotations

import numpy as np

from checkpoints import Card
from ui import url
from ui.components.live_pictures import Panel, Slider, described, live_pictures
from ui.explore import comparison
from ui.explore.comparison import Hand

KEY = "shared codes"
NOISY = 1.15  # times the edges of real pictures; the GANs without visible noise have at most 1.06 (seeds 0 to 2)


def hand(dimension: int) -> Hand:
    """Where the hand has moved the codes, from the link; dimension: from 0 on."""
    return Hand(
        psi=url.kept("psi", 0.0, 1.5, 1.0),
        alpha=url.kept("alpha", 0.0, 1.0, 0.0, kind=KEY),
        shift=url.kept("shift", -comparison.LONGEST_SHIFT, comparison.LONGEST_SHIFT, 0.0),
        dimension=dimension,
    )


def show(cards: list[Card], seed: int, count: int, hand: Hand) -> dict[str, np.ndarray]:
    """Sliders, the first code's picture of every model, and below it those of all `count` codes.

    Returns {name of a model: its pictures (count, C, H, W) uint8 where the hand let go}.
    """
    longest = max(card.code_length for card in cards)
    shared = {name: comparison.codes(longest, at, count) for name, at in (("seed", seed), ("next", seed + 1))}
    values = {"psi": hand.psi, "alpha": hand.alpha, "shift": hand.shift}
    drawn = {card.name: comparison.samples(card, seed, count, hand) for card in cards}

    def panel(card, shown):
        # `shared` as it is, so that it is sent once for all models.
        way = {"kind": "shared", **shared, "stride": longest, "latent": card.code_length, "count": shown}
        single = shown == 1
        return Panel(
            title=card.title if single else "",
            note=f"{card.kind.title}, {card.code_length} dimensions, trained on {card.dataset['name']}"
            if single
            else "",
            alt=f"{shown} pictures that {card.title} makes of the codes of seed {seed}"
            if shown > 1
            else f"What {card.title} makes of the first code of seed {seed}",
            shape=card.shape,
            card=card,
            way=way | {"dimension": hand.dimension},
            stored={tuple(values.values()): drawn[card.name][:shown]},
            shown=shown,
            columns=min(comparison.ROW, int(shown**0.5)),
            measured=single,
            named=card if single else None,
        )

    d, reach = hand.dimension + 1, comparison.LONGEST_SHIFT
    data = described(
        [panel(card, 1) for card in cards] + ([panel(card, count) for card in cards] if count > 1 else []),
        [
            Slider("psi", "ψ", "truncation: all codes times ψ", 0.0, 1.5),
            Slider("alpha", "α", f"from the codes of seed {seed} to those of seed {seed + 1}", 0.0, 1.0),
            Slider("shift", "δ", f"added to dimension {d} of all codes", -reach, reach, step=0.05),
        ],
        values,
        scene=([card.sha256 for card in cards], seed, count, hand.dimension),
        columns=max(2, len(cards)),
        without="The pictures change when you let go of a slider",
    )
    live_pictures(KEY, data, on_values=_keep)
    return drawn


def _keep(values):
    url.keep("psi", values["psi"])
    url.keep("alpha", values["alpha"], KEY)
    url.keep("shift", values["shift"])


def share_of_real(name: str, share: float) -> str:
    """A figure as a share of that of real pictures, with a word where more is not better."""
    too_much = {"edge contrast": ": more than real pictures, as noise has", "variety": ""}
    return f"{share:.0%} of real{too_much[name] if share > NOISY else ''}"
