"""PixelShuffle as a moving picture: every number of a small tensor flies to its place in the result."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def pixel_shuffle(key: str, data: dict[str, Any], cells: list[int], *, on_typed: Callable[[list], None]) -> None:
    """Mount it. on_typed(cells) gets the whole list when the hand has changed a number; it is not checked.

    data: identity, outputs, factor, height, width (of ui.learn.pixel_shuffle.Shape), colours of the channels, least and
    most of a cell, and save, slides.words of the PNG. cells: the tensor's numbers in its order, at first; afterwards
    the component knows them from the hand.
    """

    def typed(cells):
        if isinstance(cells, list):
            on_typed(cells)

    _component(key=key, data={**data, "cells": initial_value(key, data["identity"], cells)}, on_typed=typed)
