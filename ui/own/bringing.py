"""Where a person brings pictures."""

from __future__ import annotations

import streamlit as st

from data import pictures
from data.own import archive, intake
from ui.own.jobs import Reading
from ui.own.visit import Visit

NUMBER = "own uploads"  # of boxes that were filled, in the session state: every one is another, so that it lets go


def files_brought(visit: Visit) -> bool:
    """A box for files; whether some came, which a job reads then."""
    number = st.session_state.get(NUMBER, 0)
    files = st.file_uploader(
        "A zip of pictures, or the pictures themselves, with a CSV of their classes if there is one",
        type=["zip", "csv", "tsv", *pictures.EXTENSIONS],
        accept_multiple_files=True,
        max_upload_size=archive.LARGEST // 2**20,
        key=f"own files {number}",
    )
    st.caption(
        f"{pictures.KINDS}, up to {intake.MOST_PICTURES:,} pictures. From about 500 on it works well; ten are the "
        "least. Classes are not needed: with one sub-folder a class, or a CSV with the columns *file* and *class*, the "
        "map is coloured by them."
    )
    st.caption(
        ":material/lock: Pictures and models stay on this server for this visit only. No other visitor sees them, they "
        "are in no link, and they are deleted two minutes after you close this tab, or when you say so."
    )
    if not files:
        return False
    visit.job = Reading(visit=visit, uploads=[(file.name, file.getvalue()) for file in files])
    st.session_state[NUMBER] = number + 1
    return True
