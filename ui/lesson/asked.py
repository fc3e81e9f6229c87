"""A prediction for live components: the question, and with the answer or later the solution and its explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lessons import Prediction, backgrounds
from lessons.model import Answer


def asked(prediction: Prediction, given: Answer | None, explained: bool) -> dict[str, Any]:
    """The question for a visitor who gave this answer. explained: whether the solution may be shown with it.

    {question, choices, axes, background, given}, then {right: whether the answer is, answer, tolerance, explanation}
    and for a place {missing: what the background left out}. axes: [{low, high, name, unit}].
    """
    question = {
        "question": prediction.question,
        "choices": list(prediction.choices),
        "axes": [
            {"low": axis.low, "high": axis.high, "name": axis.name, "unit": axis.unit} for axis in prediction.axes
        ],
        "background": background(prediction, answered=False),
        "given": given,
    }
    if given is None or not explained:
        return question
    return question | {"right": prediction.is_right(given)} | solution(prediction)


def solution(prediction: Prediction) -> dict[str, Any]:
    """The solution, whatever the answer."""
    return {
        "answer": prediction.answer,
        "tolerance": prediction.tolerance,
        "explanation": prediction.explanation,
        "missing": background(prediction, answered=True),
    }


def background(prediction: Prediction, *, answered: bool) -> list[dict[str, Any]]:
    """[{name, colour, mean, x, y}] of the classes drawn behind a plane: before the answer, or only with it."""
    if not prediction.background:
        return []
    from ui.charts import PALETTE  # imports Plotly, for which other questions need not wait

    points = backgrounds.read(prediction.background)
    if not points.names:
        return [] if answered else [_group("", "", points.places, None)]
    return [
        _group(name, PALETTE[number % len(PALETTE)], points.shown(number), points.mean(number))
        for number, name in enumerate(points.names)
        if (number == prediction.missing) is answered
    ]


def _group(name: str, colour: str, places: np.ndarray, mean: Sequence[float] | np.ndarray | None) -> dict[str, Any]:
    x, y = np.round(places.T.astype(float), 3).tolist()
    return {
        "name": name,
        "colour": colour,
        "mean": None if mean is None else [float(value) for value in mean],
        "x": x,
        "y": y,
    }
