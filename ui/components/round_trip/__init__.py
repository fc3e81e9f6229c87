"""A flow maps a picture backwards to noise and forwards again, while the user draws on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ui.components import component, floats, grey

_component = component(Path(__file__).parent, numbered=["drawn"])


def round_trip(
    key: str, label: str, image: np.ndarray, flow: Mapping[str, Any], *, on_drawn: Callable[[np.ndarray], None]
) -> None:
    """Mount it.

    label: of the image (C, H, W) uint8. flow: {"network" (from ui.browser_networks.given), "steps", "solver",
    "classes", "usual" (the mean length of the codes of test pictures, or None), "official": (code (latent,), picture
    (C, H, W) uint8) by the server, or None if not available yet}. on_drawn(image): called with the checked picture on
    release, before the page is rerun.
    """

    official = flow["official"]
    if official is not None:
        code, picture = official
        official = {"code": floats.text(code), "picture": grey.text(picture)}
    data = {"label": label, "pixels": grey.text(image), "shape": image.shape, **flow, "official": official}
    _component(key, data, on_drawn=grey.drawn(image.shape, on_drawn))
