"""Numbers that live components report, kept for the visit and in the link."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import streamlit as st

from ui.url.param import Param, decided

# {query parameter: (kind, value)} in the session state, apart from the keys of widgets and components.
KEPT = "link: values that live components reported"


def keep(key: str, value: Any, kind: Any = None) -> None:
    """Store a value reported by a live component for `kept` and `listed`; kind as there."""
    st.session_state.setdefault(KEPT, {})[key] = (kind, value)
    decided(key)


def kept(key: str, low: float, high: float, default: float, kind: Any = None) -> float:
    """A number in [low, high] that a live component sets with `keep`.

    kind: what it belongs to; a number of another kind is ignored.
    """
    problem = f"{key} in this link is not a number from {low:g} to {high:g}, so {default:g} is shown instead."
    param = Param(key, float, "{:g}".format, lambda n: low <= n <= high)
    value = min(max(_last_kept(param, default, problem, kind), low), high)
    keep(key, value, kind)
    param.write(value, default)
    return value


def picked(key: str, names: Collection[str], default: str) -> str:
    """One of the names, set by a live component with `keep`."""
    param = Param(key, str, str, names.__contains__)
    value = _last_kept(param, default, f"This link asks for a {key} that does not exist, so {default} is shown.", None)
    param.write(value, default)
    return value


def listed(key: str, kind: Any, start: list, number: type, fit: Callable[[list], bool], problem: str) -> list:
    """A list of numbers, joined by "_" in the link, that a live component sets with keep(key, numbers, kind).

    kind: what they belong to; numbers of another kind are ignored. start: shown until the user changes them.
    number: int or float; fit(numbers): whether they are valid. problem: the warning for invalid ones in a link.
    """

    def parse(text):
        return [number(part) for part in text.split("_")] if len(text) < 20 * len(start) else []

    param = Param(key, parse, lambda numbers: "_".join(f"{value:g}" for value in numbers), fit)
    numbers = _last_kept(param, start, problem, kind)
    param.write(numbers, start)
    return numbers


def within(numbers: Any, bounds: list[tuple[float, float]]) -> bool:
    """Whether `numbers` is a list as long as bounds, each number within its (low, high)."""
    return (
        isinstance(numbers, list)
        and len(numbers) == len(bounds)
        and all(
            isinstance(number, int | float) and low <= number <= high  # false also for NaN
            for number, (low, high) in zip(numbers, bounds, strict=True)
        )
    )


def _last_kept(param, default, problem, kind):
    requested = param.requested(default, problem)
    if requested is not None:
        keep(param.key, requested, kind)
    kind_of_it, value = st.session_state.get(KEPT, {}).get(param.key, (kind, default))
    return value if kind_of_it == kind else default
