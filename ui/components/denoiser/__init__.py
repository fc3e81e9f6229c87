"""A picture with a square of noise, and a network's two answers to it, updated live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from models.noise_kinds import NoiseKind
from ui.components import component, grey

_component = component(Path(__file__).parent, numbered=["moved"])
SIZE = 28  # pixels per side of a picture


def denoiser(key: str, data: dict[str, Any], *, on_moved: Callable[[dict[str, Any], np.ndarray | None], None]) -> None:
    """Mount it with a `message`.

    on_moved(noise, picture): called with checked values on release, before the page is rerun; picture is the image (1,
    28, 28) uint8 if the user has drawn on it, else None.
    """

    def moved(report):
        checked = _checked(report, [kind for kind, *_ in data["kinds"]])
        if checked is not None:
            on_moved(*checked)

    _component(key, data, on_moved=moved)


def message(
    label: str,
    image: np.ndarray,
    noise: Mapping[str, Any],
    kinds: Mapping[str, NoiseKind],
    names: Mapping[str, tuple[str, str]],
    answers: Mapping[str, Mapping[str, Any]] | None,
    networks: Mapping[str, Mapping[str, Any]] | None,
    *,
    drawn: bool,
) -> dict[str, Any]:
    """Data for the component.

    label: of the clean image (1, 28, 28) uint8; drawn: whether the user drew on it here. noise: {"kind", "strength",
    "row", "column", "seed"}; kinds: those of models.noise_kinds. networks: from ui.browser_networks.given for the parts
    "locator" and "informed", None if there are none.

    names: {answer: (title, alternative text)} of "blind" and "informed". answers: the server's answers to this noise,
    {"image": (1, 28, 28) uint8, "mse": {"inside", "outside"}, "found": [place, probability] of the most probable place,
    21 · row + column}; None if not available yet.
    """
    return {
        "label": label,
        "pixels": grey.text(image),
        "drawn": drawn,
        "noise": dict(noise),
        "kinds": [[name, kind.title, kind.strength] for name, kind in kinds.items()],
        "names": {name: list(words) for name, words in names.items()},
        "official": answers and {name: {**one, "image": grey.text(one["image"])} for name, one in answers.items()},
        "networks": networks,
    }


def _checked(report, kinds):
    """(noise, picture or None) from a report; None for anything that the component cannot send."""
    if not isinstance(report, dict) or report.get("kind") not in list(kinds):
        return None
    strength, whole = report.get("strength"), [report.get(name) for name in ("row", "column", "seed")]
    if not (isinstance(strength, int | float) and 0.1 <= strength <= 1):
        return None
    if not all(type(n) is int and 0 <= n <= most for n, most in zip(whole, (20, 20, 99_999), strict=True)):
        return None
    noise = {name: report[name] for name in ("kind", "strength", "row", "column", "seed")}
    if report.get("pixels") is None:
        return noise, None
    try:
        return noise, grey.read(report["pixels"], (1, SIZE, SIZE))
    except ValueError:
        return None
