"""Caches of model outputs, shared by all visits. When a visitor's own model is deleted, they must be emptied.

@computed.by_models
@st.cache_data(max_entries=64, show_spinner=False)
def _sheet(name, sha256, ...):
"""

from collections.abc import Callable
from typing import Any, TypeVar

Cached = TypeVar("Cached", bound=Callable[..., Any])
_emptied: list[Callable[[], Any]] = []


def by_models(cached: Cached) -> Cached:
    """Register a function cached by Streamlit or functools that returns model outputs, so that `forget` clears it."""
    _emptied.append(getattr(cached, "cache_clear", None) or cached.clear)
    return cached


def forget() -> None:
    """Empty all these caches, because a model was deleted. Other entries are computed again when needed."""
    for empty in _emptied:
        empty()
