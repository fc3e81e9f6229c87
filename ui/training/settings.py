"""Settings of trainings in the browser: the last good ones stay where new ones cannot be."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

Settings = TypeVar("Settings")


def good(key: str, build: Callable[[], Settings], default: Settings) -> Settings:
    """build(); where it raises ValueError, its sentence is shown, and the last good settings of `key` go on."""
    stored = f"{key}, last good settings"
    try:
        st.session_state[stored] = build()
    except ValueError as error:
        st.error(f"{error} The training goes on with the settings before.")
    return st.session_state.get(stored, default)


def identity(*parts: Any) -> str:
    """A short text that differs where any of these JSON values does."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
