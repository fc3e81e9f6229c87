"""Upload of own pictures, or use of those drawn by the app."""

from __future__ import annotations

import io

import numpy as np
import streamlit as st
from PIL import Image

import tasks
from data import pictures
from data.own import archive, example, intake, preparation
from ui import tiles
from ui.own import shown
from ui.own.jobs import Job, Reading, Training
from ui.own.visit import Visit

NUMBER = "own uploads"  # number of filled upload boxes, in the session state: a new key each time empties the box
SAMPLES, COLUMNS = 60, 10  # faces shown


def files_brought(visit: Visit) -> bool:
    """A box for files, and faces for visitors without any; returns whether files came, which a job then reads."""
    number = st.session_state.get(NUMBER, 0)
    bring, instead = st.columns([1, 1], gap="large")
    with bring:
        files = st.file_uploader(
            "A zip of pictures, or the pictures themselves, with a CSV of their classes if there is one",
            type=["zip", "csv", "tsv", *pictures.EXTENSIONS],
            accept_multiple_files=True,
            max_upload_size=archive.LARGEST // 2**20,
            key=f"own files {number}",
        )
        st.caption(
            f"{pictures.KINDS}, at least ten pictures and at most {intake.MOST_PICTURES:,}. It works well from about "
            "500 on. Classes are not needed; with a sub-folder for each class, or a CSV with the columns *file* and "
            "*class*, the map is coloured by them."
        )
    with instead:
        drawn_faces(visit)
    cluster = "and the cluster that trains for it, " if tasks.address() else ""
    st.caption(
        f":material/lock: Pictures and models stay on this server, {cluster}for this visit only. No other visitor sees "
        "them, they are in no link, and they are deleted two minutes after you close this tab, or when you "
        "delete them."
    )
    if not files:
        return False
    visit.job = Reading(visit=visit, uploads=[(file.name, file.getvalue()) for file in files])
    st.session_state[NUMBER] = number + 1
    return True


def drawn_faces(visit: Visit) -> None:
    """Some of the faces, and a button that trains on all of them."""
    tiles.show(_faces(), f"{SAMPLES} drawn faces, which differ in colour, width, eyes and mouth")
    st.button(
        f"Try it with {example.COUNT} drawn faces",
        icon=":material/play_arrow:",
        type="primary",
        width="stretch",
        on_click=_try,
        args=(visit,),
        help="Five things vary: colour, width, how far the eyes are open, where they look, and the mouth. The network "
        "is told none of them.",
    )


@st.cache_data(show_spinner=False)
def _faces() -> np.ndarray:
    images = [Image.open(io.BytesIO(raw)) for _, raw in example.files(SAMPLES)]
    return tiles.tile(np.stack([np.asarray(image).transpose(2, 0, 1) for image in images]), COLUMNS)


def _try(visit):
    def train() -> Job:
        assert visit.intake is not None  # set when the files have been read
        return Training(visit=visit, settings=preparation.suggested(visit.intake), title=shown.title(example.TITLE))

    visit.job = Reading(visit=visit, uploads=example.files(), then=train)
