"""Flow matching in the plane, trained in the browser (lib/toy_flow.js), with controls for time, solver and steps.

tests/js compares its gradient and a whole training with PyTorch, and its solvers (lib/ode.js) with SciPy.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component, of_dicts
from ui.components.sketch import drawn

_component = component(Path(__file__).parent, numbered=["points"])


def toy_flow(
    key: str,
    data: dict[str, Any],
    *,
    on_view: Callable[[dict[str, Any]], None],
    on_points: Callable[[list], None],
) -> None:
    """Mount it with what ui.training.toy_flow sends.

    on_view({"t", "solver", "steps", "rate"}) is called on release, with unchecked values; on_points([[x, y], …]) after
    drawing. view and the rate in settings are read only with a new identity: otherwise the component's are newer.

    data: identity (starts anew when it changes), save (slides.words of its PNG), settings and view (of
    ui.training.toy_flow), pool and fresh (base64 of float32 points, standardised), centre, scale and window in the
    data's units, floor of the energy distance, least (the loss of the best velocity field), modes (None, or centres and
    radius (2,) of the data's modes, standardised), draw (whether points are drawn by the user), points, trained (None,
    or step, loss and weights, base64 of float32, of an initial network).
    """
    _component(key, data, **of_dicts(on_view=on_view), on_points=drawn(on_points))
