"""Settings of trainings in the browser: the last good ones stay where new ones cannot be."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
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


def copy_to_widgets(settings: Any, keys: Mapping[str, str], networks: Iterable[str]) -> None:
    """Put settings into the widgets of one's own training.

    keys: {attribute: key of its widget}. networks: attributes that hold the units of two hidden layers, whose widgets
    are named by the first letter and the number of the layer (g1).
    """
    for name, key in keys.items():
        st.session_state[key] = getattr(settings, name)
    for network in networks:
        for layer, units in enumerate(getattr(settings, network), 1):
            st.session_state[f"{network[0]}{layer}"] = units
