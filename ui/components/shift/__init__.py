"""Two distributions, one of which is dragged, and curves over the shift: live in the browser, reported on release."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ui.components import component, initial_value

_component = component(Path(__file__).parent)


def shift(key: str, *, on_value: Callable[[float], None] = lambda value: None, **content: Any) -> None:
    """Mount it with the result of `message`; on_value(value) is called on release."""
    data = message(**content)

    def moved(value):
        if isinstance(value, int | float) and data["low"] <= value <= data["high"]:  # the browser is not trusted
            on_value(float(value))

    start = initial_value(key, data["identity"], data["value"])
    _component(key=key, data=data | {"value": start}, on_value=moved)


def message(
    *,
    identity: str,
    label: str,
    value: float,
    low: float,
    high: float,
    step: float,
    axis: Sequence[float],
    stage: dict[str, Any],
    panels: list[dict],
    save: Mapping[str, str],
    columns: int = 1,
    words: Sequence[str] = (),
) -> dict[str, Any]:
    """Data for the component.

    identity: changes when the component should forget its value; label: what is moved, such as θ; axis: (first, last)
    of the common axis of all pictures; panels: dicts {"title", "range": (low, high), "series": [curves.series(…)]},
    with "dots": True for a dot on every line, with "reading": True and "digits" for the value of its one curve in the
    title instead of the legend, with "band": {"low", "high", "colour"} for values to compare with; save: slides.words
    of the PNG; columns: 1 or 3 panels side by side, fewer on a narrow screen; words: the meaning of each step from low
    to high, beside the value.
    stage: {"kind": "segments" | "densities", "colours": two, and for densities x, p, q at value 0}, or {"kind":
    "pictures", "frames": data URLs, "x": their values, "size": [W, H] pixels}, or {"kind": "pushes", "title", "panel":
    index of the panel with the slopes, "scale": length on the axis of a slope of one}.
    """
    return {
        "identity": identity,
        "label": label,
        "value": value,
        "low": low,
        "high": high,
        "step": step,
        "axis": list(axis),
        "stage": stage,
        "panels": panels,
        "columns": columns,
        "words": list(words),
        "save": save,
    }
