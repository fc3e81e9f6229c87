"""Validation of the reports of lib/sketch.js."""

from collections.abc import Callable
from typing import Any

import numpy as np

from data import planar


def drawn(on_points: Callable[[list], None]) -> Callable[[Any], None]:
    """A handler of reports that calls on_points([[x, y], …]) with points that can have been drawn, and no others."""

    def handler(points):
        try:
            points = np.asarray(points, float)
        except (TypeError, ValueError):
            return  # our script cannot have sent it
        if points.size == 0:
            on_points([])
        elif points.ndim == 2 and points.shape[1] == 2 and len(points) <= planar.MOST and (np.abs(points) <= 2).all():
            on_points(points.tolist())

    return handler
