"""Data and generator as sums of Gaussians with live controls: both sides of every reduction follow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def gaussians(key: str, data: dict[str, Any], numbers: list[float], *, on_moved: Callable[[Any], None]) -> None:
    """Mount it. on_moved(numbers) is called on release, with unchecked values.

    data: identity, ranges ({label, name, min, max, colour} of each number), names of the Gaussians, rows ((loss,
    divergence) of the table, in the order of divergences.js), reach of the means, colours, and save, slides.words of
    the PNG. numbers: initial mean and width of every Gaussian, the generator's last; afterwards the component keeps
    them.
    """
    data = {**data, "numbers": initial_value(key, data["identity"], numbers)}
    _component(key, data, on_moved=on_moved)
