"""Files that were left out, with the reasons, and the choice to continue without them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.own.intake import Problem
from ui.own.visit import LeftOut

MOST_SHOWN = 1000
MOST_NAMED = 10
ANSWERS = {True: "Leave them out", False: "Use none of the pictures"}


def left_out(found: LeftOut) -> None:
    """Files that the last training could not use: the first ones with the reasons, and their number."""
    count = len(found.problems)
    if count:
        st.markdown(f"**{count:,} pictures are left out**" if count > 1 else "**One picture is left out**")
        st.dataframe(_rows(found.problems[:MOST_NAMED]), hide_index=True)
        if count > MOST_NAMED:
            st.caption(f"… and {count - MOST_NAMED:,} others.")
    if found.copies:
        number = f"{found.copies:,} pictures give" if found.copies > 1 else "One picture gives"
        st.caption(f"{number} the same input as another one, and only one of each is used.")


def _rows(problems):
    return [{"file": problem.name, "reason": problem.reason} for problem in problems]


def problems_of(problems: Sequence[Problem]) -> bool:
    """A list of them, and a choice; returns whether to use the other pictures."""
    count = f"{len(problems):,} files" if len(problems) > 1 else "One file"
    answer = st.segmented_control(
        f"{count} cannot be used",
        list(ANSWERS),
        format_func=ANSWERS.__getitem__,
        default=True,
        required=True,
        key="own broken",
        wrap=True,
    )
    rows = _rows(problems[:MOST_SHOWN])
    if len(problems) > 3:
        with st.expander("Which files, and why"):
            st.dataframe(rows, hide_index=True)
    else:
        st.dataframe(rows, hide_index=True)
    return bool(answer)
