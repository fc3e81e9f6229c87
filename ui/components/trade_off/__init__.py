"""Reconstruction against KL, β as a multiplier, under the hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def trade_off(key: str, data: dict[str, Any], numbers: list[float], *, on_moved: Callable[[Any], None]) -> None:
    """Mount it. on_moved([β, C]) gets what the hand left, unchecked.

    data: identity, model (x, s, a, b), rival (μ, σ of a person's own q), betas and limits (bounds of β and C), colours,
    and save, slides.words of the PNG. numbers: β and C, at first; afterwards the component knows them.
    """
    _component(key, {**data, "numbers": initial_value(key, data["identity"], numbers)}, on_moved=on_moved)
