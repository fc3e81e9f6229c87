"""The ELBO with live controls: q, posterior and the sums follow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def elbo(key: str, data: dict[str, Any], numbers: list[float], *, on_moved: Callable[[Any], None]) -> None:
    """Mount it. on_moved(numbers) is called on release, with unchecked values.

    data: identity, ranges ({label, name, min, max, colour} of each number), colours and names of the curves, and save,
    slides.words of the PNG. numbers: initial values of μ, σ of q and x, s, a, b of the model; afterwards the component
    keeps them.
    """
    _component(key, {**data, "numbers": initial_value(key, data["identity"], numbers)}, on_moved=on_moved)
