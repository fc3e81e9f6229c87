"""Places on a page that keep their order while their contents come and go."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import streamlit as st


@contextlib.contextmanager
def slot(filled: bool) -> Iterator[None]:
    """A container if `filled`, otherwise an empty place.

    A page that is rerun before its end, such as one with a job, leaves elements on the screen that it no longer draws;
    an empty place is drawn over them.
    """
    with st.container() if filled else st.empty():
        yield
