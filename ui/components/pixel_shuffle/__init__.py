"""PixelShuffle as an animation: every number of a small tensor flies to its place in the result."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def pixel_shuffle(key: str, data: dict[str, Any], cells: list[int], *, on_typed: Callable[[list], None]) -> None:
    """Mount it. on_typed(cells) is called with the whole list, unchecked, after a number was changed.

    data: identity, outputs, factor, height, width (of ui.learn.pixel_shuffle.Shape), colours of the channels, least and
    most of a cell, and save, slides.words of the PNG. cells: the tensor's initial numbers in order; afterwards the
    component keeps them.
    """

    def typed(cells):
        if isinstance(cells, list):
            on_typed(cells)

    _component(key=key, data={**data, "cells": initial_value(key, data["identity"], cells)}, on_typed=typed)
