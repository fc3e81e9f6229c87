"""Checks of the bounds of training settings, shared by several kinds. They raise ValueError with one sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np


def check_numbers(
    settings: Any,
    bounds: Mapping[str, tuple[float, float, str]],
    whole: Collection[str] = (),
    reasons: Mapping[str, str] | None = None,
) -> None:
    """Raises ValueError with one sentence for the first attribute out of bounds.

    bounds: {attribute: (least, most, its name in the sentence)}; whole: attributes that must be whole numbers;
    reasons: {attribute: why it has bounds}, appended to the sentence.
    """
    for name, (least, most, what) in bounds.items():
        value = getattr(settings, name)
        if name in whole and not (isinstance(value, int | np.integer) and not isinstance(value, bool)):
            raise ValueError(f"{what} must be a whole number, not {value}.")
        if not least <= value <= most:  # also false for NaN
            reason = f"; {reasons[name]}" if reasons and name in reasons else ""
            raise ValueError(f"{what} must lie between {least:,} and {most:,}, not {value:,}{reason}.")


def check_hidden_layers(settings: Any, networks: Iterable[str], width: tuple[int, int]) -> None:
    """Raises ValueError with one sentence for a network with invalid layers.

    networks: attributes that hold the units of two hidden layers; width: least and most units of one.
    """
    for network in networks:
        widths = getattr(settings, network)
        if len(widths) != 2 or not all(isinstance(units, int) and width[0] <= units <= width[1] for units in widths):
            raise ValueError(f"The {network}'s hidden layers must have {width[0]} to {width[1]} units each.")
