"""A flow that makes pictures in the browser: time, solver, steps, guidance and class under the hand.

The network runs in a worker (lib/flow.js); where it does not, the server's pictures of what the hand left are shown.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, of_dicts

_component = component(Path(__file__).parent)


def flow(key: str, data: dict[str, Any], *, on_view: Callable[[dict[str, Any]], None]) -> None:
    """Mount it. on_view is called with what the hand left, unchecked: {"t", "chosen", "label", "solver", "steps",
    "guidance", "server"}, the last one whether the server has to answer.

    data: identity (another one starts anew), network (what ui.browser_networks.given says of "velocity", or None),
    shape (C, H, W), classes (their names), noise (base64 of float32 (N, C·H·W)), view (what the hand finds; label:
    "each" for picture k of class k, "any", or the number of a class), solvers (names in lib/ode.js), counts (of steps
    that can be chosen), guidances (the least and the largest), stored and answer (None, or {"view": label, solver,
    steps and guidance of the pictures, "pictures": base64 of uint8 (moments, N, C·H·W) at equal times from 0 to 1}),
    means ({label: {"picture": base64 of uint8, "words"}} of real pictures of a class, and of all behind the last one).
    """
    _component(key, data, **of_dicts(on_view=on_view))
