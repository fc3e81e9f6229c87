"""Curves for lib/curves.js."""

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike


def series(
    name: str,
    kind: Literal["line", "points"],
    colour: str,
    x: ArrayLike,
    y: ArrayLike,
    *,
    spread: ArrayLike | None = None,
    dash: bool = False,
    off: bool = False,
    digits: int = 6,
) -> dict[str, Any]:
    """One curve of a panel.

    kind: "line" (interrupted by values that are not finite) or "points"; y: as long as x, or (frames, len(x)) if it
    changes over frames; spread: half lengths of the points' bars; off: hidden until its name is pressed.
    """
    described = {
        "name": name,
        "kind": kind,
        "colour": colour,
        "x": np.round(np.asarray(x), digits).tolist(),
        "dash": dash,
        "off": off,
    }
    values = np.round(np.asarray(y, float), digits)
    values_or_none = np.where(np.isfinite(values), values, np.array(None)).tolist()
    described |= {"y": values_or_none} if values.ndim == 1 else {"y": values_or_none[-1], "frames": values_or_none}
    if spread is not None:
        described["spread"] = np.nan_to_num(np.round(np.asarray(spread), digits)).tolist()
    return described
