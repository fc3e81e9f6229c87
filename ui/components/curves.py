"""Curves as lib/curves.js draws them."""

import numpy as np


def series(name, kind, colour, x, y, *, spread=None, dash=False, off=False, digits=6):
    """One curve of a panel.

    kind: "line" (a value that is not finite interrupts it) or "points"; y: as long as x, or (frames, len(x)) for one
    that changes over frames; spread: half lengths of the points' bars; off: hidden until its name is pressed.
    """
    described = {
        "name": name,
        "kind": kind,
        "colour": colour,
        "x": np.round(x, digits).tolist(),
        "dash": dash,
        "off": off,
    }
    values = np.round(np.asarray(y, float), digits)
    values_or_none = np.where(np.isfinite(values), values, None).tolist()
    described |= {"y": values_or_none} if values.ndim == 1 else {"y": values_or_none[-1], "frames": values_or_none}
    return described | ({} if spread is None else {"spread": np.nan_to_num(np.round(spread, digits)).tolist()})
