"""A flow that generates pictures in the browser, with controls for time, solver, steps, guidance and class.

The network runs in a worker (lib/flow.js); if it cannot, the server's pictures for the released values are shown.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, of_dicts

_component = component(Path(__file__).parent)


def flow(key: str, data: dict[str, Any], *, on_view: Callable[[dict[str, Any]], None]) -> None:
    """Mount it. on_view is called on release, with unchecked values: {"t", "chosen", "label", "solver", "steps",
    "guidance", "server"}, the last one whether the server has to answer.

    data: identity (starts anew when it changes), network ("velocity" from ui.browser_networks.given, or None), shape
    (C, H, W), classes (their names), noise (base64 of float32 (N, C·H·W)), view (initial values; label: "each" for
    class k of picture k, "any", or a class number), solvers (names in lib/ode.js), counts (possible numbers of steps),
    guidances (smallest and largest), stored and answer (None, or {"view": label, solver, steps and guidance of the
    pictures, "pictures": base64 of uint8 (moments, N, C·H·W) at equal intervals from 0 to 1}), means ({label:
    {"picture": base64 of uint8, "words"}} of real pictures of a class, and of all after the last class).
    """
    _component(key, data, **of_dicts(on_view=on_view))
