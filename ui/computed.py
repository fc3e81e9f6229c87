"""Caches of what models gave, for all visits. Deleted with a visit, a person's own model must be in none of them.

@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _sheet(name, sha256, ...):
"""

from collections.abc import Callable
from typing import Any, TypeVar

Cached = TypeVar("Cached", bound=Callable[..., Any])
_emptied: list[Callable[[], Any]] = []


def by_models(cached: Cached) -> Cached:
    """A function behind a cache of Streamlit's or of functools that keeps what models gave: `forget` empties it."""
    _emptied.append(getattr(cached, "cache_clear", None) or cached.clear)
    return cached


def forget() -> None:
    """Empty all these caches: a model is deleted. What is asked for again is computed again."""
    for empty in _emptied:
        empty()
