"""Reconstruction against KL, with β as a multiplier and live controls."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def trade_off(key: str, data: dict[str, Any], numbers: list[float], *, on_moved: Callable[[Any], None]) -> None:
    """Mount it. on_moved([β, C]) is called on release, with unchecked values.

    data: identity, model (x, s, a, b), rival (μ, σ of the user's q), betas and limits (bounds of β and C), colours, and
    save, slides.words of the PNG. numbers: initial β and C; afterwards the component keeps them.
    """
    _component(key, {**data, "numbers": initial_value(key, data["identity"], numbers)}, on_moved=on_moved)
