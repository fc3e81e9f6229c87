"""Recorded trainings (checkpoints/recorded), read once for everybody; a damaged file is one sentence on the page."""

from typing import Any

import streamlit as st

import checkpoints
from checkpoints import recorded


@st.cache_resource(show_spinner=False)
def _read(name, *arguments):
    return getattr(recorded, name)(*arguments)


def read(name: str, *arguments: Any) -> Any:
    """What checkpoints.recorded's function of this name returns; where the file is damaged: None, and a warning."""
    try:
        return _read(name, *arguments)
    except checkpoints.CheckpointError as error:
        st.warning(str(error))
        return None
