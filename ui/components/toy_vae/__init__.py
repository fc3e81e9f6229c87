"""A toy VAE, trained in the browser (lib/toy_vae.js), not on the server, with controls for β, σ and the rate.

tests/js compares its gradient and a whole training with PyTorch.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import component
from ui.components.sketch import drawn

_component = component(Path(__file__).parent, numbered=["points"])


def toy_vae(
    key: str, data: dict[str, Any], *, on_numbers: Callable[[Any], None], on_points: Callable[[list], None]
) -> None:
    """Mount it with what ui.training.toy_vae sends.

    on_numbers(value) is called with [β, σ, learning rate] on release, unchecked; on_points([[x, y], …]) after drawing.
    β, σ and the rate in settings are read only with a new identity: otherwise the component's are newer.

    data: identity (starts anew when it changes), save (slides.words of its PNG), settings (of ui.training.toy_vae),
    side (of pictures, None for points in the plane), pool and fresh (for training and for measuring: base64 of float32
    points, standardised, or of the grey levels 0 to 16 of pictures), labels of the fresh pictures or None and their
    colours, centre, scale and window in the data's units or None, floor of the energy distance or None, shows (what is
    orange at first), draw (whether points are drawn by the user), points.
    """
    _component(key, data, on_numbers=on_numbers, on_points=drawn(on_points))
