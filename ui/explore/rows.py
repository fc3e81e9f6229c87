"""The explorer's sliders: one for each shown row of the basis, and one for the length of the code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui import networks
from ui.explore import bases, codes
from ui.explore.position import GROUP, Position

UNUSED = 0.01  # dimensions with fewer nats are called dead


def shown(position: Position) -> list[dict[str, Any]]:
    """All rows that have a slider, for the component and the plain sliders."""
    return [*some(position, position.rows), length_row(position)]


def some(position: Position, dimensions: Sequence[int]) -> list[dict[str, Any]]:
    """These rows of the basis."""
    basis = position.basis  # once, since reading the cache takes longer than everything else here
    return [_row(position, basis, dimension) for dimension in dimensions]


def row(position: Position, dimension: int) -> dict[str, Any]:
    """One row of the basis: its name, its rank, and what it does to the picture."""
    return _row(position, position.basis, dimension)


def _row(position, basis, dimension):
    latent = len(basis.order)
    rank, effect, label = basis.order.index(dimension) + 1, float(basis.effect[dimension]), basis.label(dimension)
    in_code = " (counted from 0)" if position.basis_name == "dims" else ""
    words = (
        f"{label}{in_code}, rank {rank} of {latent}: going from −2 to 2 changes the picture by {effect:.1%} of the "
        "grey range on average"
    )
    kl = networks.preview(position.card).get("kl") if position.basis_name == "dims" else None
    dead = kl is not None and float(kl[dimension]) < UNUSED
    if kl is not None:
        words += f"; it carries {float(kl[dimension]):.2f} nats"
    words += "."
    if dead:
        words += " Dead: less than 0.01 nats. The encoder does not use it, so moving it changes almost nothing."
    return {
        "dimension": dimension,
        "name": basis.name(dimension),
        "label": label,
        "rank": rank,
        "note": "dead" if dead else f"{effect:.1%}",
        "dead": dead,
        "words": words,
        "low": float(codes.STEPS[0]),
        "step": 0.2,
        "exact": [-codes.EXACT, codes.EXACT],
    }


def length_row(position: Position) -> dict[str, Any]:
    """The row that moves the length of the whole code."""
    return {
        "dimension": "length",
        "name": "length",
        "label": "Length of the code",
        "rank": None,
        "note": "",
        "dead": False,
        "words": f"‖z‖ in units of √{position.card.code_length}: random codes have about 1. Shorter codes give more "
        "typical pictures, which resemble each other.",
        "low": float(bases.LENGTHS[0]),
        "step": 0.05,
        "exact": [0.0, 3.0],
    }


def group_name(position: Position, number: int) -> str:
    """The name of a group of rows in the list of groups."""
    first, last = (number - 1) * GROUP + 1, min(number * GROUP, len(position.basis.order))
    if number > 1:
        return f"ranks {first}–{last}"
    return f"{last} strongest" if position.basis_name == "dims" else f"first {last}"
