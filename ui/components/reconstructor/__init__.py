"""A picture through several VAEs: code and outputs follow while the user draws on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ui.components import component, grey

_component = component(Path(__file__).parent, numbered=["drawn"])


def reconstructor(
    key: str,
    label: str,
    image: np.ndarray,
    models: Sequence[Mapping[str, Any]],
    chosen: str,
    *,
    on_drawn: Callable[[np.ndarray], None],
) -> None:
    """Mount it.

    label: of the image (C, H, H) uint8, on which the user can draw if C is 1. models: {"name", "title", "networks":
    {"encoder", "decoder"} from ui.browser_networks.all_given, "official": {"picture": (C, H, H) uint8, "mse", "cosine",
    "mean", "log_var"} by the server, or None if not available yet}; chosen: the name of the one whose code is shown.
    on_drawn(image): called with the checked picture on release, before the page is rerun.
    """

    _component(
        key,
        {
            "label": label,
            "pixels": grey.text(image),
            "size": image.shape[1],
            "channels": image.shape[0],
            "drawable": image.shape[0] == 1,
            "models": [{**model, "official": _sent(model["official"])} for model in models],
            "chosen": chosen,
        },
        on_drawn=grey.drawn(image.shape, on_drawn),
    )


def _sent(official):
    if official is None:
        return None
    code = {name: np.round(official[name].astype(float), 5).tolist() for name in ("mean", "log_var")}
    return {**official, **code, "picture": grey.text(official["picture"])}
