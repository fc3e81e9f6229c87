"""A toy VAE that trains in the browser (lib/toy_vae.js), not on the server, with β, σ and the rate under the hand.

tests/js holds its gradient and a whole training against PyTorch.
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

    on_numbers(value) is called with [β, σ, learning rate] as the hand left them, unchecked; on_points([[x, y], …]) when
    the hand has drawn. β, σ and the rate in settings are read with a new identity only: the hand has the later ones.

    data: identity (another one starts anew), save (slides.words of its PNG), settings (of ui.training.toy_vae), side
    (of pictures, None for points in the plane), pool and fresh (to learn from and to measure with: base64 of float32
    points, standardised, or of the grey levels 0 to 16 of pictures), labels of the fresh pictures or None and their
    colours, centre, scale and window in the data's units or None, floor of the energy distance or None, shows (what is
    orange at first), draw (whether points are drawn by hand), points.
    """
    _component(key, data, on_numbers=on_numbers, on_points=drawn(on_points))
