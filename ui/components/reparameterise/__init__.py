"""The reparameterisation with live controls, and two estimates of a gradient."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def reparameterise(key: str, data: dict[str, Any], numbers: list[float], *, on_moved: Callable[[Any], None]) -> None:
    """Mount it. on_moved([μ, σ, ε]) is called on release, with unchecked values.

    data: identity, ranges ({label, name, min, max, colour} of each number), f ({kind: "sine" | "quadratic",
    coefficients}), noise (draws of N(0, 1)), colours, and save, slides.words of the PNG. numbers: initial μ, σ and
    picked ε; afterwards the component keeps them.
    """
    _component(key, {**data, "numbers": initial_value(key, data["identity"], numbers)}, on_moved=on_moved)
