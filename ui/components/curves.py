"""Curves for live components: what is drawn in the browser by curves.js, told in Python."""

from pathlib import Path

import numpy as np

_here = Path(__file__).parent
CSS = (_here / "lib" / "curves.css").read_text()
AXES = (_here / "lib" / "axes.js").read_text()
JS = AXES + (_here / "lib" / "curves.js").read_text()


def series(name, kind, colour, x, y, *, spread=None, dash=False, off=False, digits=6):
    """One curve of a panel.

    kind: "line" (a value that is not finite interrupts it) or "points"; y: as long as x, or (frames, len(x)) for one
    that changes over frames; spread: half lengths of the points' bars; off: hidden until its name is pressed.
    """
    told = {"name": name, "kind": kind, "colour": colour, "x": np.round(x, digits).tolist(), "dash": dash, "off": off}
    values = np.round(np.asarray(y, float), digits)
    plain = np.where(np.isfinite(values), values, None).tolist()
    told |= {"y": plain} if values.ndim == 1 else {"y": plain[-1], "frames": plain}
    return told | ({} if spread is None else {"spread": np.nan_to_num(np.round(spread, digits)).tolist()})
