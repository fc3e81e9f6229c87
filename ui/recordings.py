"""Recorded trainings (checkpoints/recorded), read once for all visits; a damaged file is a warning on the page."""

from typing import Any

import streamlit as st

import checkpoints
from checkpoints import recorded


@st.cache_resource(show_spinner=False)
def _read(name, *arguments):
    return getattr(recorded, name)(*arguments)


def read(name: str, *arguments: Any) -> Any:
    """The result of the function of checkpoints.recorded of this name; None and a warning if the file is damaged."""
    try:
        return _read(name, *arguments)
    except checkpoints.CheckpointError as error:
        st.warning(str(error))
        return None
