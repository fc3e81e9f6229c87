"""A PI controller under the hand, on a plant that is simulated in the browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def control_loop(key: str, data: dict[str, Any], numbers: list[float], *, on_moved: Callable[[Any], None]) -> None:
    """Mount it. on_moved(numbers) gets what the hand left, unchecked.

    data: identity, controls ({label, low, high, step, most, log} or {label, options}), starts ([words, numbers, what it
    shows] each), plant ({scale, bend, lag, learning, noise}), steps, colours, and save, slides.words of the PNG.
    numbers: one for every control, an option's is its place, at first; afterwards the component knows them.
    """
    _component(key, {**data, "numbers": initial_value(key, data["identity"], numbers)}, on_moved=on_moved)
