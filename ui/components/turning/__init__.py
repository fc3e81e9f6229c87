"""A picture that the user rotates, and a discriminator's guess of the rotation, updated live."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ui.components import component, grey

_component = component(Path(__file__).parent, numbered=["moved"])


def turning(
    key: str,
    label: str,
    image: np.ndarray,
    angle: float,
    moved: float,
    answers: Sequence[tuple[str, str]],
    degrees: Sequence[float],
    chances: np.ndarray | None,
    network: Mapping[str, Any] | None,
    *,
    drawn: bool,
    save: Mapping[str, str],
    on_moved: Callable[[float, float, np.ndarray | None], None],
) -> None:
    """Mount it.

    label: of the image (1, H, H) uint8; drawn: whether the user drew on it here. angle: degrees anticlockwise, from 0
    to 360; moved: pixels up and to the left, from 0 to 1. answers: (name, colour) of the four quarter turns. chances:
    the server's probabilities (T, 4) at `degrees` (T,), for this `moved`; None if not available yet. network: the part
    "rotation" from ui.browser_networks.given, or None. save: slides.words of the curve's PNG.

    on_moved(angle, moved, picture): called with checked values on release, before the page is rerun; picture is the
    image (1, H, H) uint8 if the user has drawn on it, else None.
    """

    def reported(report):
        checked = _checked(report, image.shape)
        if checked is not None:
            on_moved(*checked)

    _component(
        key,
        {
            "label": label,
            "pixels": grey.text(image),
            "size": image.shape[1],
            "drawn": drawn,
            "angle": angle,
            "moved": moved,
            "quarters": [list(answer) for answer in answers],
            "degrees": list(degrees),
            "chances": None if chances is None else np.round(chances.astype(float), 4).tolist(),
            "network": network,
            "save": dict(save),
        },
        on_moved=reported,
    )


def _checked(report, shape):
    """(angle, moved, picture or None) from a report; None for anything that the component cannot send."""
    if not isinstance(report, dict) or not {"angle", "moved"} <= report.keys():
        return None
    angle, moved = report["angle"], report["moved"]
    if not all(isinstance(n, int | float) and 0 <= n <= most for n, most in ((angle, 360), (moved, 1))):
        return None
    try:
        return angle, moved, None if report.get("pixels") is None else grey.read(report["pixels"], shape)
    except ValueError:
        return None
