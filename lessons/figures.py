"""Figures that a lesson quotes: {mnist_gan.frechet_mnist_10k:.2f} stands for what the card of mnist_gan says."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from difflib import get_close_matches

import checkpoints

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_FIGURE = re.compile(r"(\w+)\.(\w+)(?::(\.\d[f%]|d))?")
CONSTANTS: dict[str, Callable[[], float]] = {"log_2": lambda: math.log(2), "log_10": lambda: math.log(10)}


class FigureError(Exception):
    """A placeholder that stands for nothing; the text is one sentence."""


def filled_in(text: str) -> str:
    """`text` with a figure in the place of every {card.metric:format}; FigureError where there is none."""
    return _PLACEHOLDER.sub(lambda found: _written(found[1]), text)


def number(text: str) -> float:
    """The figure that a placeholder alone stands for; FigureError for any other text."""
    if (found := _PLACEHOLDER.fullmatch(text)) is None:
        raise FigureError(f"“{text}” is neither a number nor a figure in braces, like {{mnist_gan.coverage}}.")
    return _value(found[1])[0]


def _written(placeholder):
    value, form = _value(placeholder)
    return format(value, form) if form != "d" else f"{value:,.0f}"


def _value(placeholder):
    """(the figure, its format)"""
    found = _FIGURE.fullmatch(placeholder)
    if found is None:
        raise FigureError(f"“{{{placeholder}}}” is not of the form {{card.metric:.2f}}.")
    source, metric, form = found.groups()
    if source == "constants":
        return _one_of(CONSTANTS, metric, "the constants")(), form or ".3f"
    try:
        card = checkpoints.read(source)
    except checkpoints.CheckpointError as error:
        raise FigureError(str(error)) from None
    value = _one_of(card.metrics, metric, f"the metrics of {source}")
    if not isinstance(value, int | float):
        raise FigureError(f"{source}.{metric} is no single number.")
    return value, form or ".3g"


def _one_of(figures, name, where):
    if name not in figures:
        near = get_close_matches(name, figures, 3, 0.5)
        raise FigureError(f"{name} is not among {where}{'; like it: ' + ', '.join(near) if near else ''}.")
    return figures[name]
