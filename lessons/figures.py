"""Figures quoted by lessons: {mnist_gan.frechet_mnist_10k:.2f} is replaced by the figure from the card of mnist_gan.

{100 * mnist_vae.knn5_accuracy} is 100 times a figure, {mnist_gan.kid - mnist_gan.kid_floor} a difference.
{dsprites_control_vae_14.mig_over_seeds} is the mean of that metric over the recorded training seeds.
{mnist_vae.pca_1_of_9} is the mean of the first PCA coordinate over the recorded codes of the nines. Figures are written
in the number format of the sentence's language.
"""

from __future__ import annotations

import math
import re
import statistics
from difflib import get_close_matches

import checkpoints
from checkpoints import seeds
from lessons import backgrounds

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_FIGURE = re.compile(r"(?:(\d+) \* )?(\w+\.\w+)(?: - (\w+\.\w+))?(?::(\.\d[f%]|d))?")
_MARKS = {"de": str.maketrans({".": ",", ",": ".", "%": " %"})}  # replacements of Python's marks
OVER_SEEDS = "_over_seeds"
_MEAN = re.compile(r"pca_([12])_of_(\d+)")
CONSTANTS: dict[str, float] = {
    "log_2": math.log(2),
    "log_10": math.log(10),
    "steepest_jsd": 1.635,  # θ at which the JSD of N(0, 1) and N(θ, 1) grows fastest; metrics.divergence in a test
}


class FigureError(Exception):
    """A placeholder without a value; the text is one sentence."""


def filled_in(text: str, language: str = "en") -> str:
    """`text` with every {card.metric:format} replaced by its figure; raises FigureError if there is none."""
    return _PLACEHOLDER.sub(lambda found: localised(_written(found[1]), language), text)


def localised(written: str, language: str) -> str:
    """A number formatted by Python, with the language's marks for decimals, thousands and per cent."""
    return written.translate(_MARKS.get(language, {}))


def metrics(text: str) -> dict[str, float]:
    """{card.metric: its value} for all figures quoted by a text; raises FigureError as in `filled_in`."""
    names = [name for found in _PLACEHOLDER.finditer(text) for name in re.findall(r"[A-Za-z_]\w*\.\w+", found[1])]
    return {name: _looked_up(name) for name in names}


def number(text: str) -> float:
    """The value of a text that is a single placeholder; raises FigureError for any other text."""
    if (found := _PLACEHOLDER.fullmatch(text)) is None:
        raise FigureError(f"“{text}” is neither a number nor a figure in braces, like {{mnist_gan.coverage}}.")
    return _value(found[1])[0]


def _written(placeholder):
    value, form = _value(placeholder)
    written = f"{value:,.0f}" if form == "d" else format(value, form)
    return written.replace("-", "−")


def _value(placeholder):
    """(the figure, its format)."""
    found = _FIGURE.fullmatch(placeholder)
    if found is None:
        raise FigureError(f"“{{{placeholder}}}” is not of the form {{card.metric:.2f}}.")
    times, first, second, form = found.groups()
    value = _looked_up(first) - (_looked_up(second) if second else 0)
    return value * int(times or 1), form or ".3g"


def _looked_up(name):
    source, metric = name.split(".")
    if source == "constants":
        return _one_of(CONSTANTS, metric, "the constants")
    if found := _MEAN.fullmatch(metric):
        try:
            return float(backgrounds.read(source).mean(int(found[2]))[int(found[1]) - 1])
        except backgrounds.BackgroundError as error:
            raise FigureError(str(error)) from None
    try:
        card = checkpoints.read(source)
    except checkpoints.CheckpointError as error:
        raise FigureError(str(error)) from None
    if metric.endswith(OVER_SEEDS):
        values = seeds.of_seeds(card, metric.removesuffix(OVER_SEEDS))
        if not values:
            raise FigureError(f"{name}: no training of {source} with other seeds was recorded.")
        return statistics.mean(values)
    value = _one_of(card.metrics, metric, f"the metrics of {source}")
    if not isinstance(value, int | float):
        raise FigureError(f"{name} is not a single number.")
    return value


def _one_of(figures, name, where):
    if name not in figures:
        near = get_close_matches(name, figures, 3, 0.5)
        raise FigureError(f"{name} is not among {where}{'; like it: ' + ', '.join(near) if near else ''}.")
    return figures[name]
