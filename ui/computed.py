"""Caches of model outputs, for all visits. After a visit, no trace of a visitor's own model may stay in them.

@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _sheet(name, sha256, ...):
"""

from collections.abc import Callable
from typing import Any, TypeVar

Cached = TypeVar("Cached", bound=Callable[..., Any])
_emptied: list[Callable[[], Any]] = []


def by_models(cached: Cached) -> Cached:
    """Register a function cached by Streamlit or functools that keeps outputs of models: `forget` empties its cache."""
    _emptied.append(getattr(cached, "cache_clear", None) or cached.clear)
    return cached


def forget() -> None:
    """Empty all these caches, since a model is deleted. Values needed again are computed again."""
    for empty in _emptied:
        empty()
