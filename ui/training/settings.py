"""Settings of trainings in the browser: an identity, and copying into widgets."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st


def identity(*parts: Any) -> str:
    """A digest that differs if any of these JSON values does."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def copy_to_widgets(settings: Any, keys: Mapping[str, str], networks: Iterable[str]) -> None:
    """Copy settings into the widgets of the user's own training.

    keys: {attribute: key of its widget}. networks: attributes with the units of two hidden layers, whose widgets have
    the attribute's first letter and the layer's number as key (g1).
    """
    for name, key in keys.items():
        st.session_state[key] = getattr(settings, name)
    for network in networks:
        for layer, units in enumerate(getattr(settings, network), 1):
            st.session_state[f"{network[0]}{layer}"] = units
