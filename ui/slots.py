"""Places on a page that keep their order while what stands in them comes and goes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import streamlit as st


@contextlib.contextmanager
def slot(filled: bool) -> Iterator[None]:
    """A container where `filled`, and nothing otherwise.

    A page that runs again before its end, as one with a job does, leaves on the screen what it does not draw any more:
    an empty place is drawn over it.
    """
    with st.container() if filled else st.empty():
        yield
