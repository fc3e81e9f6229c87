"""Rows of pictures with a slider and a play button: recorded trainings with their curves."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ui import tiles
from ui.components import component, initial_value

MILLISECONDS = 80  # per frame while it plays
_component = component(Path(__file__).parent)


def picture_player(
    key: str,
    rows: Iterable[Mapping[str, Any]],
    captions: Sequence[str],
    *,
    frame: int = 0,
    playing: bool = False,
    label: str,
    panels: Sequence[dict] = (),
    x: Sequence[float] = (),
    axis: Sequence[float] = (0, 1),
    save: Mapping[str, str] | None = None,
    on_frame: Callable[[int], None] = lambda frame: None,
) -> None:
    """Mount it.

    rows: dicts {"title", "note", "alt"} with "frames" (T, C, H, W) uint8, or with "stills", picture files, their
    "mime", the "size" [H, W] of each, and "at": the index shown in every frame. captions: T short texts; frame: the
    first one; playing: whether it plays when these pictures appear, if the visitor's system allows motion; label: what
    the slider moves. panels: curves beside the pictures (as in curve_player) over the axis (first, last), with a marker
    at x[frame]; save: slides.words of their PNG. on_frame(frame) is called on release or pause.
    """

    def stopped(frame):
        if isinstance(frame, int) and 0 <= frame < len(captions):  # the browser is not trusted
            on_frame(frame)

    data = {
        "rows": [_row(row) for row in rows],
        "captions": list(captions),
        "label": label,
        "milliseconds": MILLISECONDS,
        "panels": list(panels),
        "x": list(x),
        "axis": list(axis),
        "save": save,
    }
    identity = hashlib.sha256(json.dumps(data).encode()).hexdigest()
    start = {"frame": initial_value(key, identity, frame), "playing": playing}
    _component(key, {**data, "identity": identity, **start}, on_frame=stopped)


def _row(row):
    words = {name: row[name] for name in ("title", "note", "alt")}
    if "stills" in row:
        stills = [tiles.data_url(file, row["mime"]) for file in row["stills"]]
        return {**words, "stills": stills, "at": list(row["at"]), "size": list(row["size"])}
    frames = row["frames"]
    sheet, columns = tiles.long_sheet(frames)
    return {**words, "sheet": sheet, "columns": columns, "size": list(frames.shape[2:])}
