"""Flow matching in the plane that trains in the browser (lib/toy_flow.js), with time, solver and steps under the hand.

tests/js holds its gradient and a whole training against PyTorch, and its solvers (lib/ode.js) against SciPy.
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

    on_view({"t", "solver", "steps", "rate"}) is called with what the hand left, unchecked; on_points([[x, y], …]) when
    the hand has drawn. view and the rate in settings are read with a new identity only: the hand has the later ones.

    data: identity (another one starts anew), save (slides.words of its PNG), settings and view (of
    ui.training.toy_flow), pool and fresh (base64 of float32 points, standardised), centre, scale and window in the
    data's units, floor of the energy distance, least (the loss of the best velocity field), modes (None, or centres and
    radius (2,) of the places at which the data lie, standardised), draw (whether points are drawn by hand), points,
    trained (None, or step, loss and weights, base64 of float32, of a network to begin with).
    """
    _component(key, data, **of_dicts(on_view=on_view), on_points=drawn(on_points))
