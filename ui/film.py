"""A film: rows of frames under one slider, with play. Paths between codes now, recorded trainings the same way."""

from pathlib import Path

import streamlit as st

from ui import tiles

_here = Path(__file__).parent
_component = st.components.v2.component(
    "latent_lab_film",
    html=(_here / "film.html").read_text(),
    css=(_here / "film.css").read_text(),
    js=(_here / "film.js").read_text(),
)


def film(key, rows, captions, *, frame=0, label, milliseconds=80, swing=True, on_frame=lambda frame: None):
    """Mount a film.

    rows: dicts {"title", "note", "alt", "frames" (T, C, H, W) uint8}; captions: T short texts; frame: where to start;
    label: what the slider moves; swing: play to and fro, otherwise in a loop. on_frame(frame) is called when the hand
    lets go of the slider or pauses the film.
    """

    def let_go():
        reported = st.session_state[key].frame
        if isinstance(reported, int) and 0 <= reported < len(captions):
            on_frame(reported)

    sheets = [tiles.data_url(tiles.png(tiles.tile(row["frames"], len(captions)))) for row in rows]
    _component(
        key=key,
        data={
            "rows": [
                {"title": row["title"], "note": row["note"], "alt": row["alt"], "sheet": sheet}
                for row, sheet in zip(rows, sheets, strict=True)
            ],
            "captions": list(captions),
            "frame": frame,
            "label": label,
            "milliseconds": milliseconds,
            "swing": swing,
            "identity": hash(tuple(sheets)),
        },
        on_frame_change=let_go,
    )
