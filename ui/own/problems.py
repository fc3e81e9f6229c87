"""Files that were left out, with the reasons, and whether a person goes on without them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.own.intake import Problem

MOST_SHOWN = 1000
ANSWERS = {True: "Leave them out", False: "Use none of the pictures"}


def problems_of(problems: Sequence[Problem]) -> bool:
    """A list of them, and a choice; returns whether the other pictures are used."""
    count = f"{len(problems):,} files" if len(problems) > 1 else "One file"
    answer = st.segmented_control(
        f"{count} cannot be used",
        list(ANSWERS),
        format_func=ANSWERS.__getitem__,
        default=True,
        required=True,
        key="own broken",
    )
    rows = [{"file": problem.name, "reason": problem.reason} for problem in problems[:MOST_SHOWN]]
    if len(problems) > 3:
        with st.expander("Which files, and why"):
            st.dataframe(rows, hide_index=True)
    else:
        st.dataframe(rows, hide_index=True)
    return bool(answer)
