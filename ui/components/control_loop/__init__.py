"""A PI controller with live controls, on a plant simulated in the browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def control_loop(key: str, data: dict[str, Any], numbers: list[float], *, on_moved: Callable[[Any], None]) -> None:
    """Mount it. on_moved(numbers) is called on release, with unchecked values.

    data: identity, controls ({label, low, high, step, most, log} or {label, options}), starts ([words, numbers, what it
    shows] each), plant ({scale, bend, lag, learning, noise}), steps, colours, and save, slides.words of the PNG.
    numbers: initial values, one for each control (for options, the index); afterwards the component keeps them.
    """
    _component(key, {**data, "numbers": initial_value(key, data["identity"], numbers)}, on_moved=on_moved)
