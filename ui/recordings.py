"""Recorded trainings (checkpoints/recorded), read once for everybody; a damaged file is one sentence on the page."""

import streamlit as st

import checkpoints
from checkpoints import recorded


@st.cache_resource(show_spinner=False)
def _read(name, *arguments):
    return getattr(recorded, name)(*arguments)


def read(name, *arguments):
    """What checkpoints.recorded's function of this name gives; None, with its sentence shown, where it cannot."""
    try:
        return _read(name, *arguments)
    except checkpoints.CheckpointError as error:
        st.warning(str(error))
        return None
