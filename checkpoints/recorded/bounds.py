"""What settings of a training may be: checks that several kinds of settings share. ValueError with one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def check_numbers(settings: Any, bounds: Mapping[str, tuple[float, float, str]]) -> None:
    """bounds: {attribute: (least, most, what the sentence calls it)}."""
    for name, (least, most, what) in bounds.items():
        if not least <= getattr(settings, name) <= most:  # also false for NaN
            raise ValueError(f"{what} must lie between {least:,} and {most:,}, not {getattr(settings, name):,}.")


def check_hidden_layers(settings: Any, networks: Iterable[str], width: tuple[int, int]) -> None:
    """networks: attributes that hold the units of two hidden layers; width: least and most units of one."""
    for network in networks:
        widths = getattr(settings, network)
        if len(widths) != 2 or not all(isinstance(units, int) and width[0] <= units <= width[1] for units in widths):
            raise ValueError(f"The {network}'s hidden layers must have {width[0]} to {width[1]} units each.")
